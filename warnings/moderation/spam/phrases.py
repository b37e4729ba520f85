"""Phrases that advertisers write, and those that people write who were hit; in several languages."""


def _listed(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(",")]


_RESCUES = """
    recovery expert, recover your funds, recovered my money, recovery agent, got my money back thanks, got
    everything back, hacker helped, ethical hacker, wallet recovery, recover lost, funds recovery, helped me
    recover, recuperar su dinero, recuperar tus fondos, вернуть деньги помог, asset recovery
"""
_RICHES = """
    earn money, make money online, per day from home, a day from home, passive income, easy money, guaranteed
    profit, investment platform, double your, forex signals, crypto signals, bitcoin investment, financial
    freedom, gana dinero, ganar dinero, ganhe dinheiro, заработок, geld verdienen, daily profit, trading bot,
    join our team, join our group, work from home job, airdrop, usdt, roi
"""
_OFFERS = """
    buy now, order now, best price, cheap price, discount code, limited offer, free trial, click here, visit our
    website, visit our site, check out our, our services, we offer, essay writing, write my essay, essays cheap,
    best essays, assignment help, seo services, buy followers, buy reviews, backlinks, accounts for sale,
    verified accounts, selling accounts, account for sale, replica, viagra, cialis, weight loss, payday loan,
    instant loan, apply for a loan, loan offer, купить, скидка, oferta limitada, contact us today, dm me, inbox
    me, whatsapp me, message me on, promo code, wholesale, casino bonus, toll free, customer care number,
    support number, helpline number, tech support, spell caster, love spell, hire a hacker, hire us, best
    quality, 100 guaranteed, satisfaction guaranteed
"""
_GAMES = """
    online casino, slot gacor, judi online, sports betting, betting tips, poker online, situs slot, 1xbet, bonus
    code, free spins, казино, ставки на спорт
"""
_PRAISE = """
    great article, nice post, thanks for sharing this, very informative, amazing blog, wonderful post, i really
    enjoyed reading, keep up the good work, awesome content, your website is
"""
_TOLD = """
    i refused, i said no, they asked me, asked me to, the buyer, the client, a buyer, a client, my order, the
    order, i reported, told me, i was told, wanted me, before the order, cancelled, the marketplace, fiverr,
    upwork, freelancer, outside the platform, my screen, screenshots, read receipts, milestone, i blocked, they
    wanted, he wanted, she wanted, i lost, my account was, me pidió, el cliente, el comprador, der kunde, der
    käufer, wollte dass ich, le client, l acheteur, m a demandé, o cliente, pediu para, me pediram, заказчик,
    попросил, 客户, 买家, alıcı, pembeli, klien, घटना, क्लाइंट, installed, install, the job, payment, paid,
    contract, passport, the same happened, happened to me
"""
# Phrase in small letters, how much it speaks for spam, why.
PHRASES: tuple[tuple[str, float, str], ...] = (
    *((phrase, 2.2, "Sells a rescue") for phrase in _listed(_RESCUES)),
    *((phrase, 1.8, "Promises money") for phrase in _listed(_RICHES)),
    *((phrase, 1.8, "Sells something") for phrase in _listed(_OFFERS)),
    *((phrase, 2.0, "Games and bets") for phrase in _listed(_GAMES)),
    *((phrase, 1.0, "Praise without anything in it") for phrase in _listed(_PRAISE)),
)
# What people write who tell what happened to them, in small letters.
AGAINST = tuple(_listed(_TOLD))
