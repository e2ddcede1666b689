"""What festivals bring to the portal, as a share of the programme's manifest."""

from diedie_edu.common.manifests import defined_in
from diedie_edu.notices.kinds import Kind
from happy_square import festival_messages
from happy_square.participants import PERFORMING

FESTIVALS = (PERFORMING, *defined_in(festival_messages, Kind))
