"""2,000 labelled texts: half as people write who were hit, half advertising. No phrase or weight was changed after the
parts marked as held out were tried; but one hand wrote all of them, so what strangers write will be found less surely."""

import random
from collections.abc import Sequence

NAMES = (
    "Zoom",
    "Telegram",
    "DingTalk",
    "WhatsApp",
    "AnyDesk",
    "Skype",
    "Time Doctor",
    "Slack",
    "TeamViewer",
    "Discord",
)
PLACES = ("Fiverr", "Upwork", "Freelancer", "PeoplePerHour", "Kwork", "Workana", "Toptal", "Guru")
SUMS = ("40", "120", "300", "450", "85", "1,200")

REAL = (
    "A buyer on {place} asked me to install {tool} before any order was placed. I refused and they left a bad message.",
    "I was told to share my screen over {tool} for the whole day. After I said no the job on {place} was cancelled.",
    "The client wanted to pay me {money} dollars outside the platform and sent https://pay-invoice.example/x to click. I did not.",
    "They sent me a file called brief.zip over {tool}. My antivirus stopped it. Please do not open such files!!",
    'The buyer wrote: "contact me on {tool}, t.me/some_buyer99". I stayed on {place} and reported it.',
    "I lost {money} USD: the client disputed the payment after I had delivered everything. {place} support closed the ticket.",
    "Same happened to me in March. Different name, same words, same request to install {tool}.",
    "HE CALLED ME 14 TIMES IN ONE NIGHT over {tool} because I had not answered. The order was still in time.",
    'They asked for a copy of my passport and a selfie over {tool} "for the contract". I refused. Later I read the same here.',
    "Read receipts in {tool} cannot be switched off on the free plan; the client watched when I read and complained each time.",
    "Me pidió instalar {tool} antes de hacer el pedido en {place}. El cliente se enfadó cuando dije que no.",
    "Der Kunde wollte, dass ich {tool} installiere, bevor er auf {place} bestellt. Ich habe abgelehnt.",
    "Le client m'a demandé de passer sur {tool} et de travailler la nuit. J'ai refusé et {place} a annulé la commande.",
    "Заказчик попросил установить {tool} до заказа, потом угрожал плохим отзывом на {place}.",
    "客户要求我先安装{tool}才下单,我拒绝了,他就留下差评。",
    "They pay late. Three weeks over the milestone on {place}, {money} eur still open.",
    "A test task of eight hours without payment, to be sent over {tool}. The client had five other accounts.",
    "O cliente pediu para continuar no {tool} e sumiu sem pagar os {money} dólares.",
)
REAL_HELD_OUT = (
    "Someone from {place} added me to a group on {tool} with people I never met; each of them gave me orders.",
    "I agreed to a call on {tool}. The man turned on the recording without asking me.",
    'My account on {place} was limited for two weeks since I had typed the word "{tool}" in the chat. They had asked me first.',
    "they promised {money} per week, then the contract had an hourly rate of 2 dollars. screenshot attached",
    "Klien minta saya pasang {tool} dulu, katanya aturan perusahaan. Pesanan di {place} tidak pernah dibuat.",
    "The invoice link they gave was https://secure-{place}.example/login and looked just like {place}. It took my password.",
    "It was fine for a month. Then the client in {tool} started to give tasks at 3 am and took a screenshot every minute.",
    "I got a cheque for {money} dollars too much and should send the rest back by bank. It bounced a week later.",
)
SPAM = (
    "I lost {money}000 dollars and a recovery expert got everything back! Write to fundsback{n}@gmail.com",
    "Earn {money}$ a day from home, no skills. Join our group now t.me/fastcash{n}",
    "BEST ESSAYS CHEAP!!! First order free, click here https://essays{n}.example https://bit.ly/abc{n}",
    "Great article! Keep up the good work. Visit our website https://seo-agency{n}.example for backlinks",
    "Online casino with free spins and a bonus code, sports betting 24/7: www.spin{n}.example",
    "We offer SEO services and buy followers at the best price. Contact us today: +1 (555) 010-{n}99",
    "Verified accounts for sale, all countries, cheap price. DM me on telegram t.me/accs{n}",
    "Trading bot with guaranteed profit of 20% daily. Bitcoin investment platform: https://coin{n}.example/ref={n}",
    "Do you need a loan? Instant loan, apply for a loan today, payday loan at 2%: loans{n}@mail.example",
    "{tool} customer care number +1-800-555-01{n} toll free, tech support day and night",
    "Gana dinero desde casa, {money} dólares por día: https://dinero{n}.example",
    "Заработок от {money} в день без вложений! Казино онлайн: https://kazino{n}.example",
    "Hire a hacker to recover lost crypto, wallet recovery, 100% guaranteed. ethicalhack{n}@proton.example",
    "buy reviews and followers >>> www.boost{n}.example <<< discount code SAVE{n}",
    "I really enjoyed reading this. My cousin makes {money}$ with passive income, see https://easy{n}.example",
    "slot gacor hari ini judi online terpercaya https://slot{n}.example https://gacor{n}.example",
    "Cheap {tool} accounts, buy now, limited offer, free trial: https://shop{n}.example/{tool}",
    "Assignment help and essay writing by experts, order now, satisfaction guaranteed! essays{n} (dot) com",
)
SPAM_HELD_OUT = (
    "Thanks to Mr. Walter, the only asset recovery agent who helped me recover my {money}k. His WhatsApp: +44 7911 1234{n}",
    "Cheap web hosting and domains, visit our site https://host{n}.example, promo code HOST{n}",
    "Powerful love spell caster brings back your ex in 24 hours, contact drspell{n}@mail.example",
    "Make money online with our forex signals, join our team: https://t.me/fx{n}",
    "Selling accounts of {place} with reviews, old and verified. inbox me on telegram @seller{n}, wa.me/44791112{n}",
    "Ganhe dinheiro assistindo vídeos, {money} por dia! https://videos{n}.example www.videos{n}.example",
    "🔥🔥🔥 AIRDROP 🔥🔥🔥 claim {money} USDT now https://airdrop{n}.example",
    "Professional {tool} developers, hire us, best quality and wholesale prices. Our services: https://devs{n}.example",
)


def texts(parts: Sequence[str], number: int, seed: int) -> list[str]:
    """So many different texts from parts, always the same for a seed."""
    chance = random.Random(seed)
    made = []
    for place in range(number):
        part = parts[place % len(parts)]
        text = part.format(
            tool=chance.choice(NAMES),
            place=chance.choice(PLACES),
            money=chance.choice(SUMS),
            n=chance.randrange(10, 99),
        )
        made.append(_changed(text, chance))
    return made


def _changed(text: str, chance: random.Random) -> str:
    """The text as somebody else would have typed it: in small letters, with spaces, cut into lines."""
    kind = chance.randrange(6)
    if kind == 0:
        return text.lower()
    if kind == 1:
        return text.replace(". ", ".\n\n")
    if kind == 2:
        return f"{text} {chance.choice(['Be careful.', 'Thanks.', 'I hope this helps.', ''])}".strip()
    if kind == 3:
        return text.replace("  ", " ").replace(",", " ,")
    return text
