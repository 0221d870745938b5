/** Names of the buttons and menus of a card, and how their blocks name the follow-up. */
export const ACTION = {
  claim: 'follow_up.claim',
  assign: 'follow_up.assign',
  tag: 'follow_up.tag',
  snooze: 'follow_up.snooze',
  resolve: 'follow_up.resolve',
  reopen: 'follow_up.reopen'
} as const

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** "follow_up:<id>:v3:actions": Slack wants a new one on each update, and menus name their record by it. */
export function blockIdOf({ id, version }: { id: string; version: number }, part: string): string {
  return `follow_up:${id}:v${version}:${part}`
}

/** The follow-up that a block or a button belongs to; undefined when it names none. Says nothing about rights. */
export function followUpIdIn(text: string): string | undefined {
  const id = text.startsWith('follow_up:') ? text.split(':')[1] : text
  return id && UUID.test(id) ? id : undefined
}
