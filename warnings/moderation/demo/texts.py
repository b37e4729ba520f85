"""The texts of the demo data."""

OPENINGS = (
    "A buyer wrote to me about a logo and, before anything was ordered, asked me to install {tool}.",
    "I had an order for a translation. On the second day the buyer wanted to go on in {tool} only.",
    "Somebody with a new account offered a long job and said that the whole team works in {tool}.",
    "After a friendly start I was told that briefings are given in {tool} and nowhere else.",
    "The first message I got was a link to {tool} and a time for a call.",
)
MIDDLES = (
    "When I said that I stay on the marketplace, the tone changed within minutes.",
    "There I was in a group of eleven people whom I did not know, and each of them gave me work.",
    "They could see when I had read something, and called every time I did not answer.",
    "They asked me to share my screen so that they could watch how I work.",
    "I was told to send a copy of my passport first, for the contract.",
)
ENDS = (
    "I refused and lost half a day.",
    "I did the work, and the order was cancelled the next morning.",
    "The marketplace warned me, not them.",
    "I reported it; two weeks later the account was gone.",
    "In the end I was paid a third of what was agreed.",
)
# Tools that do not exist, so that the demo data accuses no vendor.
UNKNOWN = ("Zorbchat", "zorb chat", "ZorbChat", "Plumtalk", "Quibbler Desk")
TITLES = (
    "Made to install {tool} before the order",
    "Work only in {tool}, and around the clock",
    "{tool}: they wanted to see my screen",
    "A long job that existed in {tool} only",
    "Passport copy asked for in {tool}",
    "Order cancelled after the work was handed over in {tool}",
)
COMMENTS = (
    "The same happened to me in spring, with another account and the same words.",
    "Ask them to write it into the order. Mine disappeared at once.",
    "I have worked with {tool} for years and never had this. It depends on who sits at the other end.",
    "You can switch the read receipts off on the phone, not on the computer.",
    "Thank you for writing this down.",
    "Report it before you block them: afterwards the chat is gone.",
)
SPAM = (
    "I lost 4000 dollars and a recovery expert got everything back!!! write to fundsback247@example.com",
    "BEST ESSAYS CHEAP, first order free, https://bit.ly/xyz https://essays.example",
    "Earn 300$ a day from home, join our t.me/fastmoney group now",
)
DETAILS = ("The name of the buyer stands in it.", "This was about another tool.", "Somebody sells something.", "")
NOTICES = (
    "What is said of us here is not true; nobody of ours wrote these messages.",
    "A picture shows my name and my address. I never agreed to that.",
    "This repeats what a court has forbidden to be said.",
)
STATEMENT = "This statement is made up, like everything else of this year: no vendor said anything here."
MODERATORS = ("Demo-Mona", "Demo-Max")
HANDLES = (
    "Amsel Biber Dachs Elster Fink Gimpel Hase Igel Jaguar Kranich Luchs Marder Nerz Otter Pirol Qualle Reiher Specht"
    " Tapir Uhu Wiesel Zeisig Ara Bison Condor Dingo Emu Falke Gecko Hirsch Ibis Jak Kiwi Lama Mungo Numbat Oryx Puma"
).split()
