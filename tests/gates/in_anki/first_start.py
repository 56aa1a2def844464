"""Run by the desktop's own Python: a base folder with a profile, so that Anki starts without asking anything."""

from __future__ import annotations

import sys
from pathlib import Path

import anki.lang
from aqt.profiles import ProfileManager
from aqt.theme import Theme

anki.lang.set_lang("en_US")
profiles = ProfileManager(Path(sys.argv[1]))
profiles.setupMeta()
profiles.meta |= {"defaultLang": "en_US", "firstRun": False, "suppressUpdate": True, "check_for_updates": False}
profiles.meta |= {"check_for_addon_updates": False, "theme": int(Theme.LIGHT)}
profiles.create(sys.argv[2])
profiles.load(sys.argv[2])
profiles.save()
