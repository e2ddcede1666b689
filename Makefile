# The portal's commands; `make` lists them. Only Python 3.11+, make and git are assumed.
.DEFAULT_GOAL := help
.PHONY: help run test check bench chaos lock messages screenshots ready ready-to-run
MAKEFLAGS += --no-print-directory

PORT ?= 8000
ARGS ?=
python := .venv/bin/python
beside_services := $(python) -m diedie_edu.local exec --

help:  ## 显示这份说明  Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ready-to-run  ## 启动门户（PORT=8123 换端口，Ctrl-C 停止）  Serve the portal
	@exec $(python) -m diedie_edu.local run --port $(PORT) --with-parent

test: ready  ## 运行测试（ARGS="tests/flows -k lecture" 只运行一部分）  Run the tests
	@exec $(python) -m diedie_edu.local test $(ARGS)

check: ready  ## 检查代码、翻译与配置  Check code, translations and settings
	@exec $(python) -m diedie_edu.local check

bench: ready  ## 测量速度，结果在 var/bench.json  Measure the speed
	@exec $(beside_services) $(python) -m tests.bench $(ARGS)

chaos: ready  ## 反复打断通知发送，结果在 var/chaos.json  Interrupt the sending of notices
	@exec $(beside_services) $(python) -m tests.chaos $(ARGS)

screenshots: ready  ## 重拍文档里的截图  Take the screenshots of the documents
	@exec $(beside_services) $(python) -m tests.screenshots $(ARGS)

messages: ready  ## 收集待翻译的文字  Collect the texts to be translated
	@$(python) -m django_makemessages_rs --version >/dev/null

lock:  ## 重新锁定依赖版本（UPGRADE=1 升级）  Lock the dependencies anew
	@$(call with_python,diedie_edu/local/install.py lock)

ready:
	@$(call with_python,diedie_edu/local/install.py dev)

ready-to-run:
	@$(call with_python,diedie_edu/local/install.py run)

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
