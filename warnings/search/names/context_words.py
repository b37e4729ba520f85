"""Words next to a common word that show that it is the name of a program."""

# Directly before the name.
CUES_BEFORE = frozenset(
    "install installed download uninstall use using used via on through over join open with add call called "
    "app wants want prefers prefer to is has have by from my our your their into instead versus vs compare "
    "about what por via sur auf uber per mit con avec en no na pelo pela di su dans mi mon mein meu через в на "
    "по мой".split()
)
# Directly after the name.
CUES_AFTER = frozenset(
    "app apps call calls chat chats account messenger group meeting id link desktop instead number download "
    "safe scam video message messages tracker or risk risky monitoring privacy alternative alternatives dm dms "
    "server channel workspace room code invite username handle".split()
)
# Within a few words before the name.
REQUESTS = frozenset("write msg message contact text dm ping reach add invite escribeme schreib пиши напиши".split())
# Words of a question that names little else: "is signal safe?" means the program.
QUESTION = (
    CUES_BEFORE
    | CUES_AFTER
    | frozenset("a an the it its i do does should can why how are was if really ok legit".split())
)
