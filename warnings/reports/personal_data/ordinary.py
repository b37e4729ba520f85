"""Capitalized words that are not names of people although they can occur where a name is expected."""

import re

# Endings of nouns for actions, states and products. Shorter words may be names: Ming, Kelly.
ENDINGS = re.compile(
    r"(?:tions?|sions?|ments?|ness|ships?|wares?|able|ible|ical|ology|ically|ivity|ility|\w{6}ings?)\Z"
)

# Words that follow or are part of a company name.
FIRMS = frozenset(
    "inc llc ltd limited corp corporation gmbh ag plc pvt pte sarl sas srl bv oy ab co company group holdings "
    "agency studio studios solutions technologies tech labs media digital consulting services team support "
    "software systems marketing global international enterprises bank store shop".split()
)

# Nouns for things, rather than people, that have names.
THINGS = frozenset(
    "file files folder app apps tool tools company website site repo repository branch variable channel group "
    "project game bot agency brand product layer column sheet tab font theme plugin server domain page button "
    "field package class function method table database document extension program software service platform "
    "game feature label category model studio startup firm business shop store is was gig gigs item event "
    "course book series brand archivo carpeta datei ordner firma empresa fichier dossier entreprise programm "
    "aplikasi perusahaan city town street place country event host device module stage step status package "
    "token coin wallet script bank screen display short brand nick job display product plan tier list".split()
)

_FUNCTION_WORDS = """
i the he she they we it you a an and but or so as at by for from in into of off on onto to with without within
after before again also another any anyone anything asked because been being both can could cannot did do does
done during each either else even ever every everyone everything few finally first had has have having how
however if instead is isn are was were am be just later last least less like many maybe me might more most
much must my mine never new next no nobody none not nothing now once one only our ours out over own perhaps
please quite rather really same several shall should since some someone something soon still such than that
their them then there therefore these this those though through till today tomorrow tonight too two three four
five six seven eight nine ten under until up upon used very via what when whenever where whether which while
who whom whose why would yes yet yesterday your yours about above across against along among around behind
below beside between beyond despite down except inside near outside past per toward unlike unless whatever
whoever here his her hers him its itself himself herself themselves all almost already always anyway apart
away back besides both certainly clearly obviously unfortunately fortunately suddenly recently eventually
immediately initially normally usually basically actually honestly luckily sadly apparently meanwhile moreover
otherwise other others second third half good bad best worst better worse big small great nice fair free full
long short high low old young real fake true false sure ok okay right wrong early late happy sorry thanks
thank hello hi hey dear bye sir madam mr mrs ms miss dr
"""
_TRADE_WORDS = """
account accounts address admin advice agency agent api app application apps area asset assets audio bank
banking basic beginner bid bids bonus brand brief briefs budget business button buyer buyers call calls cancel
cancelled card care case cases cash cashback center centre chargeback chat check client clients code comment
comments community company complaint connect connects contact contacts contract contracts cost country credit
crm customer customers dashboard data database date day days deadline delivery demo deposit design designer
desk developer development director discord discount dispute disputes docs document draft drive email emails
employee employer enterprise error escrow etsy european exam example expert experts express fee fees feed
feedback field file files final first fixed folder form forum fraud freelance freelancer freelancers gig gigs
global gold group guide guy health help history home hour hourly hr human id identity info inbox income input
insights interview invite invoice issue item job jobs kyc label language law lawyer lead leads legal level
levels link links list live local log login logo loss mail manager managers market marketplace mate media
member members message messages meta milestone milestones mobile model money month name names nda network news
note notes notice number offer offers office official online open order orders owner page pages paid paper
part partner partners party password pay payer payout pdf pending people person personal phone plan plans
platform plus policy portal post posts premium price prices prime privacy private pro problem process product
profile profiles program project projects proof proposal public purchase quality question questions quick
quote rate rates rating ratings record refund refunds region regular remote report reports request requests
requirement requirements research resource resources response result results review reviews rights rising risk
role rule rules safe safety sale sales sample samples scam scammer scammers scams score screen search secure
security seller sellers senior service services setup share shop site sites software solutions source special
specialist staff standard star stars start state status stay step store stories story studio subject success
suite summary support system table talent task tasks tax team tech technical template term terms test tester
tests text ticket time tips title tool tools top topic total tracker tracking trade trial tried trust type
unit update updates upgrade url usd user users value vendor verified version video vip virtual visa voice wage
wallet warning warnings web website week weeks work worker workers works world write writer year years zone
engineer programmer translator editor artist analyst accountant assistant coordinator consultant president
officer executive junior lead middle fullstack backend frontend illustrator union photographer instructor
teacher representative
"""
_VERBS = """
access approval screenshot screenshots appeal proposal arrival refusal denial attempt attempts transfer
transfers name wollte schrieb sagte fragte zahlte hatte möchte konnte sollte verlangte quiere quería pidió
dijo pagó tiene demande veut voulait dit avait minta bilang mau bola bole chaise accept accepted accepts add
added agree agreed allow allowed answer answered appeared apply approved are ask asking asks banned blocked
bought broke came cancels cannot changed claimed claims comes complained confirmed contacted created declined
deleted delivered demanded denied disappeared ended explained forbidden found gave get gets give gives go goes
gone got hidden hired hires ignored insisted invited keeps kept knows leave leaves left let made make makes
means missing need needed needs offered opened ordered pays posted pretended prohibited promised provided
pushed put ran read receive received refused rejected released replied reported requested required requires
said sans saw say says see seen send sends sent set shared showed shows signed started stop stopped suspended
take takes talk tells told took tried tries turned uses vanished wanted wants warned wasn went wont wrote
closed changing denied limited optional available possible impossible accepted disabled enabled unknown
anonymous unavailable empty needed private visible meeting working hosting banking billing testing training
writing editing coding posting hiring making asking paying trying sending saying getting giving taking looking
waiting rating ranking pricing funding trading missing nothing using being agreed unable due also join add
click use open visit follow
"""
_TIMES_AND_PLACES = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov
dec christmas easter ramadan eid diwali halloween q1 q2 q3 q4 am pm utc gmt est pst montag dienstag mittwoch
donnerstag freitag samstag sonntag lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi
jeudi vendredi samedi dimanche senin selasa rabu kamis jumat sabtu minggu english chinese american european
british german french indian spanish italian russian arabic turkish polish ukrainian dutch japanese korean
pakistani bangladeshi nigerian kenyan egyptian brazilian mexican canadian australian asian african vietnamese
filipino indonesian portuguese swedish israeli saudi greek hindi bangla bengali urdu mandarin us uk usa uae eu
germany france spain italy russia ukraine poland india pakistan bangladesh nigeria kenya egypt brazil mexico
canada australia asia africa europe america vietnam philippines indonesia portugal sweden israel greece japan
korea china hong kong singapore malaysia dubai dhaka london berlin paris madrid lagos karachi delhi mumbai
jakarta manila kyiv warsaw york amsterdam toronto sydney shanghai beijing turkey netherlands switzerland
austria
"""
_BRANDS = """
google gmail apple microsoft amazon facebook instagram meta whatsapp telegram skype discord slack zoom teams
wechat weixin line viber signal twitter tiktok linkedin youtube reddit github gitlab paypal payoneer wise
stripe venmo zelle revolut skrill binance coinbase upwork fiverr freelancer guru toptal contra peopleperhour
malt workana anydesk teamviewer dingtalk trello asana jira notion figma canva adobe photoshop illustrator
excel word outlook powerpoint dropbox chrome firefox safari edge windows android linux ios mac macos iphone
openai chatgpt claude gemini copilot wordpress shopify wix webflow magento ebay etsy walmart alibaba netflix
spotify airbnb uber steam docusign calendly bitcoin ethereum usdt tether crypto alexa siri cortana bing yahoo
hotmail protonmail loom miro hubspot mailchimp salesforce zapier airtable clickup monday basecamp hubstaff
deel oyster remote rustdesk ultraviewer supremo feishu lark yandex kaspersky norton avast python java
javascript typescript php ruby react angular vue node laravel django docker kubernetes postgres mysql mongodb
aws azure bkash nagad gpay phonepe paytm jazzcash easypaisa mpesa
"""
_OTHER_LANGUAGES = """
der die das den dem und ich er sie wir ihr es ein eine einen nicht auch aber oder wenn weil dass ist war hat
mit von bei nach aus zum zur kein keine bitte danke heute morgen gestern hier dann noch nur sehr wurde geld
konto rechnung zahlung vertrag auftrag kunde kunden käufer nachricht nummer telefon beitrag frau herr damen
herren alle zusammen team support el la los las un una unos unas y yo tú tu su mi se lo le me te no sí si que
qué por para con sin como cuando donde pero más ya hoy ayer mañana es son está fue cliente comprador vendedor
pedido pago cuenta dinero gracias hola señor señora amigo amigos todos todo le les des du et je il elle nous
vous ils elles ne pas plus sur dans avec pour sans sous qui quoi mais ou où est était sont bonjour merci oui
non client acheteur vendeur commande paiement compte monsieur madame argent tous toutes messieurs saya dia
kami kita anda yang dan di ke dari ini itu tidak bukan sudah akan bisa ada untuk dengan pembeli penjual uang
bayar akun nomor bapak ibu kasih terima semua kak gan main mera meri mujhe hai nahi kya bhai bhaiya vai ji sab
aap tum wo woh usne ne ko ka ki ke se par amar ami apni tumi se bolse bollo bollen kore diye taka tk
"""

ORDINARY = frozenset(
    " ".join((_FUNCTION_WORDS, _TRADE_WORDS, _VERBS, _TIMES_AND_PLACES, _BRANDS, _OTHER_LANGUAGES)).split()
)
# Ordinary words that are also surnames: after "Mr" they are always names.
SURNAMES = frozenset(
    "april august banks best brief case christmas day english field free french friday german gold good great "
    "guy high holland june king lane last law lead link london long low may miss more noble page paris park "
    "part power price rich said short small star story sun third walker wise wood worker young".split()
)
