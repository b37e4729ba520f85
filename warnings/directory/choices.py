"""Choices of the directory."""

from django.db.models import TextChoices


class ToolKind(TextChoices):
    """The kind of program; features apply to some kinds only."""

    MESSENGER = "messenger", "Messenger"
    WORKPLACE_CHAT = "workplace-chat", "Workplace chat"
    VIDEO_CALL = "video-call", "Video calls"
    VOIP = "voip", "Calls and numbers"
    SOCIAL_NETWORK = "social-network", "Social network"
    EMAIL = "email", "E-mail"
    TIME_TRACKER = "time-tracker", "Time tracker"
    MONITORING = "monitoring", "Monitoring"
    DEVICE_MANAGEMENT = "device-management", "Device management"
    REMOTE_ACCESS = "remote-access", "Remote access"


class ToolStatus(TextChoices):
    """Whether a tool is still available."""

    ACTIVE = "active", "Active"
    RETIRED = "retired", "Retired"


class Platform(TextChoices):
    """A platform on which a tool runs."""

    ANDROID = "android", "Android"
    IOS = "ios", "iOS"
    WINDOWS = "windows", "Windows"
    MACOS = "macos", "macOS"
    LINUX = "linux", "Linux"
    CHROMEOS = "chromeos", "ChromeOS"
    WEB = "web", "Web"
    BROWSER_EXTENSION = "browser-extension", "Browser extension"


class FeatureFamily(TextChoices):
    """The subject that a feature affects."""

    AVAILABILITY_PRESSURE = "availability-pressure", "Pressure to be available"
    SURVEILLANCE = "surveillance", "Surveillance"
    DEVICE_CONTROL = "device-control", "Control of your device"
    ACCOUNT_CONTROL = "account-control", "Control of your account"
    IDENTITY_EXPOSURE = "identity-exposure", "Exposure of who you are"
    EVIDENCE_LOSS = "evidence-loss", "Loss of evidence"
    MONEY = "money", "Your money"


class Control(TextChoices):
    """Who controls whether a feature is active."""

    ALWAYS_ON = "always-on", "Nobody: it is always on"
    OTHER_PARTY = "other-party", "The other side"
    ADMINISTRATOR = "administrator", "An administrator"
    DEFAULT_ON = "default-on", "You, but it starts switched on"
    DEFAULT_OFF = "default-off", "You, and it starts switched off"
    USER = "user", "You"


class CanDisable(TextChoices):
    """Whether the affected person can disable a feature."""

    NO = "no", "No"
    PARTLY = "partly", "Partly"
    YES = "yes", "Yes"
    UNKNOWN = "unknown", "Not known"


class SwitchOff(TextChoices):
    """Who can switch a feature off, as shown to readers; derived from `Control` and `CanDisable`."""

    YOU = "you", "You can"
    PARTLY = "partly", "Partly"
    OTHERS = "others", "Only the other side or an admin"
    NOBODY = "nobody", "Nobody can"
    UNKNOWN = "unknown", "Not known"


class Grade(TextChoices):
    """The risk grade of a tool, from A (lowest) to E (highest); an empty grade means "not assessed"."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    E = "E", "E"


class TacticFamily(TextChoices):
    """The aim of a tactic."""

    OFF_PLATFORM = "off-platform", "Leaving the platform"
    PAYMENT_FRAUD = "payment-fraud", "Payment fraud"
    IDENTITY = "identity", "Your identity"
    IMPERSONATION = "impersonation", "Impersonation"
    MALWARE = "malware", "Malware"
    COERCION = "coercion", "Coercion"
    UNPAID_WORK = "unpaid-work", "Unpaid work"
    LAUNDERING = "laundering", "Laundering"


class NameKind(TextChoices):
    """The kind of a tool's name; only real names are shown to readers."""

    OFFICIAL = "official", "Name"
    ALIAS = "alias", "Also called"
    NATIVE = "native", "In its own script"
    MISSPELLING = "misspelling", "Misspelling"
    DISGUISE = "disguise", "Disguise"
    ADDRESS = "address", "Address"


REAL_NAME_KINDS = (NameKind.OFFICIAL, NameKind.ALIAS, NameKind.NATIVE)


class RuleTopic(TextChoices):
    """The topic of a marketplace rule."""

    OFF_PLATFORM_CONTACT = "off-platform-contact", "Talking outside the platform"
    OFF_PLATFORM_PAYMENT = "off-platform-payment", "Payment outside the platform"
    SHARING_CONTACT_DETAILS = "sharing-contact-details", "Sharing contact details"
    ACCOUNT_SHARING = "account-sharing", "Sharing or renting an account"
    OUTSIDE_FILES = "outside-files", "Files and links from outside"
    REVIEWS = "reviews", "Reviews"


class EntryKind(TextChoices):
    """A kind of directory entry that users can edit and that has its own history."""

    TOOL = "tool", "Tool"
    FACT = "fact", "What a tool can do"
    TACTIC = "tactic", "Tactic"
    RULE = "rule", "Rule of a marketplace"


class RevisionState(TextChoices):
    """Whether a revision was applied."""

    APPLIED = "applied", "Applied"
    SUGGESTED = "suggested", "Waits for a decision"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"
