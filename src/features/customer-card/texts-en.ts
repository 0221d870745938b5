import type { CardTexts } from './card-texts.ts'

/** In English. */
export const en: CardTexts = {
  help: 'A customer’s card. Find them by full name, phone, e-mail, member number, `#812`, coupon serial or the last 4 characters of their id: `/matane customer Emma Wilson`',
  usage:
    'Use: `/matane customer Emma Wilson` (the full name). A phone number, an e-mail, a member number, `#812` (a follow-up), a coupon’s serial or the last 4 characters of an id work as well.',
  none: 'Nobody was found. Names must be given in full. You can also try a phone number, an e-mail, a member number or `#812`.',
  gone: 'There is no record of this customer. It may have been merged or erased.',
  staleButton: 'This button seems to be out of date. Please start again with `/matane customer`.',
  noRecord: 'Talk to me in the thread of a follow-up card. Elsewhere, `/matane customer <name>` finds customers.',
  inThread: (who) => `Here you can open the card of ${who}.`,
  title: 'Customer card',
  listTitle: 'Choose a customer',
  listIntro: 'Several were found. Who is it?',
  listMore: 'There are more. A phone or member number finds them exactly.',
  choose: 'Open',
  neverSeen: 'nothing on record yet',
  lastSeen: (day) => `last seen ${day}`,
  locale: { ja: 'Japanese', en: 'English' },
  since: (day) => `since ${day}`,
  line: {
    reachable: '✅ Reachable on LINE',
    none: 'Not connected on LINE',
    blocked: (since) => `⚠️ Blocks us on LINE (since ${since})`
  },
  labels: {
    stage: 'Stage',
    rfm: 'RFM (5 is best)',
    value: 'Value',
    rhythm: 'Rhythm',
    visits: 'Visits',
    nps: 'NPS',
    contacts: 'Contacts',
    source: 'Came through',
    tags: 'Tags',
    open: 'Under way',
    answers: 'Latest answers'
  },
  labelIdentities: 'Contacts and member numbers',
  kinds: { email: 'E-mail', phone: 'Phone', pos: 'Member no', ec: 'Shop id', app: 'App id', anonymous: 'Browser' },
  stages: {
    new: '🌱 New',
    onboarding: '🌿 Settling in',
    active: '☀️ Active',
    loyal: '💎 Loyal',
    slipping: '🍂 Slipping',
    dormant: '💤 Dormant',
    lost: '🕳 Lost',
    returned: '🎉 Returned'
  },
  stageSince: (day) => `since ${day}`,
  noFigures: 'No visit or order on record yet',
  notRated: 'not rated yet',
  rfm: (recency, frequency, money) => `R${recency} · F${frequency} · M${money}`,
  value: (days90, days365, ever) => `90 d ${days90} · 365 d ${days365} · ever ${ever}`,
  orders: (count) => ` (${count === 1 ? '1 order' : `${count} orders`})`,
  gap: (mean, spread) => `every ${mean}${spread === undefined ? '' : ` ± ${spread}`} days`,
  noGap: 'no rhythm known yet',
  away: (days) => (days === 0 ? 'here today' : `${days} days since the last time`),
  overdue: (ratio) => ` (${ratio} × the usual)`,
  visits: (count) => (count === 1 ? '1 visit' : `${count} visits`),
  points: (score) => `${score}`,
  firstTouch: (what) => `first ${what}`,
  lastTouch: (what) => `last ${what}`,
  sent: (count, clicked) => `${count} sent · ${clicked} clicked`,
  inquiries: (count, negatives) =>
    `${count === 1 ? '1 inquiry' : `${count} inquiries`}${negatives > 0 ? ` · ${negatives} negative` : ''}`,
  nothing: 'none',
  followUp: (number) => `Follow-up #${number}`,
  due: (at) => `first answer due ${at}`,
  answered: 'answered',
  snoozed: (until) => `💤 until ${until}`,
  assignee: (who) => `assignee ${who}`,
  nobody: 'no assignee yet',
  flow: (name, since) => `Survey or scenario “${name}” (since ${since})`,
  stampCard: ({ title, number, stamps, goal }) => `${title} no. ${number}: ${stamps} / ${goal}`,
  coupons: (count) => (count === 1 ? '1 coupon to use' : `${count} coupons to use`),
  couponsEnd: (day) => ` (the first until ${day})`,
  resolved: (count) => (count === 1 ? '1 earlier follow-up' : `${count} earlier follow-ups`),
  timeline: 'What happened',
  noEvents: 'Nothing on record yet.',
  older: 'Older',
  newest: 'Back to the newest',
  viewed: 'That you saw this card is on record',
  masked: 'Viewers see no full names, contacts or words of customers',
  buttons: { tag: '🏷 Tags', followUp: '🙋 Open a follow-up', stamp: '💮 Stamp +1', voidStamp: 'Void a stamp' },
  save: 'Save',
  back: 'Back',
  close: 'Close',
  tagTitle: 'Tags',
  followUpTitle: 'Open a follow-up',
  followUpSubmit: 'Open',
  note: 'What you noticed',
  noteHint: 'Why somebody should look after them. Stands on the alert card; the customer never sees it.',
  stamp: {
    title: 'Give a stamp',
    submit: 'Give it',
    reason: 'Why',
    reasonHint: 'Such as: had forgotten the phone. Who gave it and why is kept. The customer gets the card only.',
    reasonMissing: 'Please write why.',
    programme: 'Card',
    choose: 'Choose a card',
    noCard: 'This card takes no stamps now. Choose another one, or close this and open it again.',
    noProgramme: 'There is no stamp card that takes stamps now.',
    limit: (limit) =>
      limit === 0
        ? 'Stamps by hand are switched off. A manager can change that with `/matane settings`.'
        : `You have given ${limit} today. Go on tomorrow, or ask a manager to raise the limit with \`/matane settings\`.`,
    given: (count) => `One stamp given (${count}). The customer gets the card.`
  },
  voidStamp: {
    title: 'Void a stamp',
    submit: 'Void it',
    stamp: 'Stamp',
    choose: 'Choose a stamp',
    place: (card, position) => `#${card}, stamp ${position}`,
    stampHint:
      'Stamps of the last 90 days. The card has one fewer then, and an unused coupon that it brought is withdrawn. The customer is not told.',
    reasonHint: 'Such as: scanned twice at the till. Who voided it and why is kept.',
    none: 'No stamp was given in the last 90 days.',
    refusals: {
      gone: 'This stamp cannot be voided: the customer was merged, or it is older than 90 days. Open the customer’s card again.',
      void: 'This stamp was voided before. Close this and open the customer’s card again.'
    },
    coupon: {
      withdrawn: (serial) => `The stamp is void, and the coupon \`${serial}\` that it had brought is withdrawn.`,
      used: (serial) => `The stamp is void. The coupon \`${serial}\` was used before and stays as it is.`
    }
  },
  noteMissing: 'Please write what you noticed.',
  priority: 'How urgent',
  priorities: { high: '🔴 Needs us (within 24 hours)', normal: '🟡 To check (within 3 days)' }
}
