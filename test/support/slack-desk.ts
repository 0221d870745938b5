import type { Database } from '../../src/platform/db/index.ts'
import type { Card, Click, Command, SlackHandlers } from '../../src/platform/slack/index.ts'
import {
  actions,
  button,
  divider,
  input,
  linkButton,
  modal,
  overflow,
  section,
  textInput,
  usersSelect
} from '../../src/platform/slack/index.ts'
import { type SlackWorld, slackWorld } from './slack-world.ts'

/** Handlers that write down what they were given. */
export function notebook() {
  const clicks: Click[] = []
  const commands: Command[] = []
  const handlers: SlackHandlers = {
    actions: {
      'ticket.claim': { role: 'cs', run: async (click) => void clicks.push(click) },
      'ticket.assign': { role: 'cs', run: async (click) => void clicks.push(click) },
      'ticket.more': { role: 'viewer', run: async (click) => void clicks.push(click) },
      'ticket.remove': { role: 'manager', run: async (click) => void clicks.push(click) },
      'ticket.form': { role: 'cs', run: (click) => click.openModal(form) },
      'ticket.break': { role: 'cs', run: () => Promise.reject(new Error('broken')) }
    },
    commands: { '/kpi': { role: 'viewer', run: async (command) => void commands.push(command) } },
    verbs: {
      staff: {
        role: 'manager',
        help: { ja: '権限を変えます', en: 'change roles' },
        run: async (command) => void commands.push(command)
      },
      customer: {
        role: 'cs',
        help: { ja: 'お客様を調べます', en: 'look up a customer' },
        run: (command) => command.openModal(form)
      }
    }
  }
  return { clicks, commands, handlers }
}

const form = modal({
  callbackId: 'ticket.note',
  title: 'メモ',
  submit: '保存',
  privateMetadata: 'ticket 812',
  blocks: [input({ blockId: 'note', label: 'メモ', element: textInput({ actionId: 'v' }) })]
})

const names = ['ticket.claim', 'ticket.remove', 'ticket.form', 'ticket.break', 'ticket.unknown'] as const
/** A card with every kind of element. */
export const card = (version: number): Card => ({
  version,
  text: '#812',
  blocks: [
    section('佐藤 花子 様', {
      blockId: '812:head',
      accessory: overflow({ actionId: 'ticket.more', choices: [{ text: '根拠', value: 'why' }] })
    }),
    divider(),
    actions(
      [
        ...names.map((actionId) => button({ text: actionId, actionId, value: '812' })),
        usersSelect({ actionId: 'ticket.assign', placeholder: '担当者' }),
        linkButton({ text: '開く', url: 'https://example.com/' })
      ],
      '812:actions'
    )
  ]
})

/** A world with the card of a ticket in the alert channel. */
export async function withCard(db: Database, handlers: SlackHandlers): Promise<SlackWorld & { ts: string }> {
  const world = slackWorld(db, [handlers])
  world.tickets.set('812', card(1))
  await world.tell('opened', { kind: 'card', record: { type: 'ticket', id: '812' } })
  await world.settle()
  const [message] = world.fake.messages(world.alerts)
  return Object.assign(world, { ts: message?.ts ?? '' })
}

/** What only this person was told. */
export const whispered = (world: SlackWorld, userId: string) => world.fake.ephemerals(userId).map(({ text }) => text)
