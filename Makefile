# The portal's commands; `make` lists them. Only Python 3.11+, make and git are assumed.
.DEFAULT_GOAL := help
.PHONY: help run test check bench chaos scale soak storm guards audit lock messages screenshots floors icons ready ready-to-run
MAKEFLAGS += --no-print-directory

PORT ?= 8000
ARGS ?=
python := .venv/bin/python
beside_services := $(python) -m diedie_edu.local exec --

packages := diedie_edu residents_school after_school happy_square edu_base

# A production that could be: every key its own, behind one HTTPS proxy.
random := $(python) -c 'import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'
production = DEMO=false DEBUG=false SECRET_KEY=$$($(random))$$($(random)) FIELD_KEYS=$$($(random)) \
  PORTAL_URL=https://portal.example ALLOWED_HOSTS=portal.example PROXY_COUNT=1 STATIC_ROOT=var/check/static

collect_messages := .venv/bin/django-makemessages-rs --locale zh_Hans --extension html --extension py \
  --ignore .venv --ignore var --ignore tests --detect-aliases --no-fuzzy-matching --no-obsolete \
  --no-location --no-wrap --sort-output --keep-header --force-po

help:  ## 显示这份说明  Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ready-to-run  ## 启动门户（PORT=8123 换端口，Ctrl-C 停止）  Serve the portal
	@exec $(python) -m diedie_edu.local run --port $(PORT) --with-parent

test: ready  ## 运行测试（ARGS="tests/flows -k lecture" 只运行一部分）  Run the tests
	@exec $(python) -m diedie_edu.local test $(ARGS)

check: ready  ## 检查代码、翻译与配置  Check code, translations and settings
	@$(call checked,ruff,$(python) -m ruff check --quiet .)
	@$(call checked,ruff format,$(python) -m ruff format --check --quiet .)
	@$(call checked,djade,find templates -name '*.html' -exec .venv/bin/djade --check {} +)
	@$(call checked,import-linter,.venv/bin/lint-imports --no-logo)
	@$(call checked,mypy,DEMO=true $(python) -m mypy --no-error-summary)
	@$(call checked,bandit,$(python) -m bandit --quiet --recursive --severity-level medium --configfile pyproject.toml $(packages))
	@$(call checked,translations,$(collect_messages) --check --no-untranslated)
	@$(call checked,migrations,$(beside_services) $(python) manage.py makemigrations --check --dry-run)
	@$(call checked,static files,$(production) $(python) manage.py collectstatic --no-input --verbosity 0)
	@$(call checked,settings of production,$(production) $(python) manage.py check --deploy --fail-level WARNING)

bench: ready  ## 测量速度，结果在 var/bench.json  Measure the speed
	@exec $(beside_services) $(python) -m tests.bench $(ARGS)

chaos: ready  ## 反复打断通知发送，结果在 var/chaos.json  Interrupt the sending of notices
	@exec $(beside_services) $(python) -m tests.chaos $(ARGS)

storm: ready  ## 同时报名、签到、退座五千次，查有无差错  Send 5,000 requests at once to seats and doors
	@exec $(beside_services) $(python) -m tests.storm $(ARGS)

scale: ready  ## 十万居民的城市里走遍每一页，结果在 var/scale/report.md  Walk every page of a city
	@exec $(beside_services) $(python) -m tests.scale $(ARGS)

soak: ready  ## 让门户忙上半小时，看有没有东西越积越多  Half an hour of mixed use: does anything pile up
	@exec $(beside_services) $(python) -m tests.soak $(ARGS)

guards: ready  ## 逐个拿掉防护，看哪个测试发现，结果在 var/guards/report.md  Take each guard out
	@exec $(beside_services) $(python) -m tests.guards $(ARGS)

screenshots: ready  ## 重拍文档里的截图  Take the screenshots of the documents
	@exec $(python) -m diedie_edu.local test tests/flows/pictures.py

floors: ready  ## 由依赖约定画出分层图  Draw the floors from the contracts
	@DEMO=true $(python) -m tests.floors

icons: ready  ## 由标志画出手机主屏幕的图标  Draw the icons of home screens from the logo
	@$(python) -m tests.icons

messages: ready  ## 收集待翻译的文字  Collect the texts to be translated
	@$(collect_messages)

audit:  ## 对照公开的漏洞库，列出许可  Compare the packages with the public list of holes
	@$(call with_python,diedie_edu/local/install.py audit)
	@$(python) -m diedie_edu.local.audit

lock:  ## 重新锁定依赖版本（UPGRADE=1 升级）  Lock the dependencies anew
	@$(call with_python,diedie_edu/local/install.py lock)

ready:
	@$(call with_python,diedie_edu/local/install.py dev)

ready-to-run:
	@$(call with_python,diedie_edu/local/install.py run)

# Runs a command silently; shows what it said only if it fails.
checked = if said=$$($(2) 2>&1); then echo "  ✓ $(1)"; else printf '%s\n' "$$said" "  ✗ $(1)"; exit 1; fi

# Runs a script with the first Python that is new enough and can make environments.
define with_python
for name in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
  "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    && exec "$$name" $(1); \
done; \
echo '✗ 需要带 venv 的 Python 3.11 或更新版本，本机没有找到。' >&2; \
echo '  Python 3.11 or newer with venv is needed, and none was found here:' >&2; \
echo '    Debian/Ubuntu  apt install python3 python3-venv      Fedora  dnf install python3' >&2; \
echo '    macOS          brew install python@3.12              其他 / else  make PYTHON=/path/to/python3' >&2; \
exit 1
endef
