"""The scripts of the made-up conversations."""

from server.synthetic.transcripts import Script, script

BILLING = "Billing"
ORDERS = "Orders & Delivery"
TECHNICAL = "Technical Support"
ACCOUNTS = "Accounts & Security"

SCRIPTS: tuple[Script, ...] = (
    script(
        BILLING,
        "Invoice",
        "Dispute a charge",
        "The customer was charged twice and asks for the second charge back.",
        "Hi, I've been charged {amount} twice this month and I'd like to know why.",
        "Hello, this is {agent}. I'm sorry about that, two charges would worry me as well. "
        "Let me look at your invoice with you.",
        "Hello. What is your invoice number?",
        "It's on invoice {order}. Both went out on {day}.",
        "Thank you. Before I open the account, may I confirm your postcode and date of birth?",
        "Ok I have opened it.",
        "Sure, I've just sent you both. Can you see the second payment?",
        "Yes: the card was charged again when the first attempt timed out. I've returned {amount} "
        "to you just now; it takes three to five working days.",
        "It says paid. You would have to ask your bank.",
        "Okay. Will this happen again next month?",
        "It won't: I've removed the duplicate mandate and added a note. Is there anything else "
        "I can do for you today, {customer}?",
        "It shouldn't.",
    ),
    script(
        BILLING,
        "Refund",
        "Ask where a refund is",
        "A refund has not arrived after two weeks; the customer wants a date.",
        "I sent back a {product} two weeks ago and there's still no refund.",
        "Hi, {agent} here. Two weeks is longer than you should have to wait. Let me find it.",
        "Refunds take time.",
        "The return number is {order}.",
        "Thanks. It reached our warehouse on {day} and was accepted. The refund of {amount} is "
        "waiting for one approval, which I can give now.",
        "I see it. It is being processed.",
        "So when do I get my money?",
        "By the end of {day} at the latest. I'll send you a confirmation with a reference so you "
        "can follow it.",
        "Normally within 14 days, maybe longer.",
        "Good, thank you.",
        "You're welcome, {customer}, and sorry again for the wait.",
        "Bye.",
    ),
    script(
        BILLING,
        "Payment plan",
        "Spread a payment",
        "The customer lost work and asks to pay an invoice in parts.",
        "I can't pay the full {amount} this month, I've had my hours cut.",
        "I'm sorry to hear that, {customer}. Thank you for telling us early; let's find something "
        "that you can manage.",
        "The full amount is due on the date on the invoice.",
        "Could I pay it in parts?",
        "Yes. We can spread it over three, four or six months, without any fee. Which would suit "
        "you best?",
        "There is a form for that on the website.",
        "Four months would be fine.",
        "Then I'll read you the terms first, and you say yes or no. The first part is due on "
        "{day}.",
        "Ok, four months.",
        "Yes, that's agreed.",
        "It's set up and the agreement is in your inbox. If anything changes, call us before the "
        "date and we'll look again.",
        "Done.",
    ),
    script(
        BILLING,
        "Price",
        "Ask about a price increase",
        "The monthly price went up without the customer having noticed a message.",
        "My bill went up by {amount} and nobody told me!",
        "I understand that this comes as a surprise. Let me see what changed and what we can do.",
        "Prices went up for everybody.",
        "I've been with you for nine years, you know.",
        "I can see that, and thank you. Your discount ended on {day}; that is the difference.",
        "That makes no difference to the price.",
        "And I just have to accept that?",
        "No. There are two plans that fit how you use the service, one at your old price. May I "
        "explain what differs?",
        "You could cancel if you don't like it.",
        "Yes, please do.",
        "The smaller plan has the same speed and fewer channels. I'll send both by email, so you "
        "can compare without any hurry.",
        "It's all on the website.",
    ),
    script(
        ORDERS,
        "Delivery",
        "Find a late parcel",
        "A parcel was due days ago and its tracking has stopped.",
        "My order {order} should have been here on {day}. Where is it?",
        "Hello, I'm {agent}. I'm sorry that it's late. Give me a moment, I'll ask the carrier.",
        "Have you checked the tracking link?",
        "The tracking hasn't moved for three days.",
        "You're right, it was last scanned at the depot. That usually means a damaged label, so "
        "I've opened a search with them.",
        "Then it is still on its way.",
        "It's a birthday present. I need it this week.",
        "Then let's not wait for the search: I'll send a second {product} by express today, and "
        "you refuse the first if it turns up.",
        "I can't do anything about the carrier.",
        "That would be wonderful, thank you.",
        "With pleasure, {customer}. You'll have the new tracking number within the hour.",
        "Anything else?",
    ),
    script(
        ORDERS,
        "Returns",
        "Return a damaged item",
        "An item arrived broken; the customer wants a replacement.",
        "The {product} arrived with a cracked screen.",
        "Oh no, I'm sorry. Are you all right, no cuts from the glass?",
        "Was the box damaged?",
        "I'm fine, but I want a new one, not a repair.",
        "Of course. Could you send me one photo of the damage and one of the label? I'll arrange "
        "the replacement while you do.",
        "We first have to check whether it can be repaired.",
        "Photos sent. Do I need to pay for the return?",
        "No, the label is free and the courier collects it on {day}.",
        "That depends.",
        "Great, that was quick.",
        "Thanks for the good photos, {customer}. You'll get an email when the new one leaves.",
        "Ok.",
    ),
    script(
        ORDERS,
        "Change of order",
        "Change the delivery address",
        "The customer is moving and asks to send an order elsewhere.",
        "Can you still change the address of order {order}? I'm moving.",
        "Congratulations on the new place! Let me check whether it has left the warehouse.",
        "Orders can't be changed.",
        "I ordered it last night.",
        "Then there's time. To protect your account, please tell me the code that I've just sent "
        "to your phone.",
        "What's the new address?",
        "The code is 48213.",
        "Perfect. Which address shall it go to, and is {day} all right for you?",
        "Ok. And the address?",
        "12 Mill Lane, and {day} is fine.",
        "Changed: 12 Mill Lane, on {day} between nine and noon. Good luck with the move!",
        "It's changed.",
    ),
    script(
        ORDERS,
        "Availability",
        "Ask when something is in stock",
        "The customer waits for an item that has been out of stock for weeks.",
        "You've said 'back soon' about the {product} for a month now.",
        "That's a long 'soon', I'm sorry. Let me look at what the supplier has confirmed.",
        "It will be back soon.",
        "Do you have a date or not?",
        "The next delivery is confirmed for {day}, 200 pieces. I can put one aside for you.",
        "No, we don't get dates.",
        "What if it doesn't come?",
        "Then I'll offer you the newer model at the same price. I've noted that on your account "
        "so that nobody asks you again.",
        "Then you'll have to wait.",
        "Fair enough, put one aside please.",
        "Done, {customer}. I'll write to you myself on {day}.",
        "Ok.",
    ),
)
