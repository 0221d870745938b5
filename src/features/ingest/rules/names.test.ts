import { describe, expect, test } from 'vitest'
import { mayBeTold, mayComeFromBrowser, ourName } from './names.ts'

describe('names of Segment', () => {
  test.each([
    ['Store Visited', 'visit'],
    ['store_visited', 'visit'],
    ['来店', 'visit'],
    ['Application Opened', 'session.started'],
    ['Product Added', 'cart.updated'],
    ['Email Link Clicked', 'message.clicked'],
    ['Subscription Canceled', 'subscription.cancelled'],
    ['ＰＵＲＣＨＡＳＥ', 'order.completed'],
    ['Order Completed', 'order.completed'],
    ['orderCompleted', 'orderCompleted'],
    ['My Own Event', 'My Own Event'],
    ['constructor', 'constructor']
  ])('%s is %s', (told, ours) => expect(ourName(told)).toBe(ours))
})

test.each([
  ['line.followed', false],
  ['stamp.granted', false],
  ['stamp_card.completed', false],
  ['follow_up.resolved', false],
  ['attribution.touched', false],
  ['segment.entered', false],
  ['consent.given', false],
  ['order.completed', true],
  ['survey.answered', true],
  ['linear_algebra', true]
])('others may tell of %s: %s', (name, may) => expect(mayBeTold(name)).toBe(may))

test.each([
  ['page.viewed', true, true],
  ['cart.updated', true, true],
  ['menu_opened', false, true],
  ['order.completed', true, false],
  ['visit', true, false],
  ['survey.answered', true, false],
  ['cart.abandoned', true, false]
])("%s (known: %s) may come with a browser's key: %s", (name, known, may) =>
  expect(mayComeFromBrowser(name, known)).toBe(may)
)
