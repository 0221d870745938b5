import { expect, test } from 'vitest'
import { slack } from './index.ts'

/** Roles are checked by the platform at each click and again at each submission: by what stands here. */
const rolesOf = (handlers: Readonly<Record<string, { readonly role?: string }>> | undefined) =>
  Object.fromEntries(Object.entries(handlers ?? {}).map(([name, { role }]) => [name, role]))

test('whoever may look may look, and only cs change anything, at the click and again at the submission', () => {
  expect(rolesOf(slack.verbs)).toEqual({ customer: 'viewer' })
  expect(rolesOf(slack.actions)).toEqual({
    ...{ 'customer.card': 'viewer', 'customer.older': 'viewer', 'customer.newest': 'viewer' },
    ...{ 'customer.tag': 'cs', 'customer.follow_up': 'cs', 'customer.stamp': 'cs', 'customer.void_stamp': 'cs' }
  })
  expect(rolesOf(slack.submissions)).toEqual({
    'customer.tag': 'cs',
    'customer.follow_up': 'cs',
    'customer.stamp': 'cs',
    'customer.void_stamp': 'cs'
  })
  expect(slack.mentions?.map(({ role }) => role)).toEqual(['cs', 'viewer'])
})
