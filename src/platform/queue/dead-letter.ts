import type { Locale } from '../../core/locale.ts'
import type { FieldCipher, Tx } from '../db/index.ts'
import { sharedLocale } from '../settings/index.ts'
import { enqueue, slackMessage } from './enqueue.ts'

/** A row that is not tried any more. `origin` is its source or its channel. */
export interface DeadRow {
  readonly id: string
  readonly origin: string
}

const TEXTS: Readonly<Record<Locale, Readonly<Record<'inbox' | 'outbox', (row: DeadRow) => string>>>> = {
  ja: {
    inbox: ({ id, origin }) =>
      `⚠️ 受信した出来事を処理できませんでした(${origin}・受信番号 ${id})。他のお客様の処理は続いています。サーバーのログでこの番号を調べ、原因を直してから npm run db -- dead revive inbox:${id} でやり直せます。脇に置かれたものは npm run db -- dead で一覧できます。`,
    outbox: ({ id, origin }) =>
      `⚠️ メッセージを送信できませんでした(${origin}・送信番号 ${id})。他のメッセージの送信は続いています。サーバーのログでこの番号を調べ、原因を直してから npm run db -- dead revive outbox:${id} で送り直せます。脇に置かれたものは npm run db -- dead で一覧できます。`
  },
  en: {
    inbox: ({ id, origin }) =>
      `⚠️ Something we received could not be processed (${origin}, inbox ${id}). Other customers are served as usual. Look for this number in the server's log, mend the cause, then try again: npm run db -- dead revive inbox:${id}. All that is laid aside: npm run db -- dead`,
    outbox: ({ id, origin }) =>
      `⚠️ A message could not be sent (${origin}, outbox ${id}). Other messages go out as usual. Look for this id in the server's log, mend the cause, then try again: npm run db -- dead revive outbox:${id}. All that is laid aside: npm run db -- dead`
  }
}

/**
 * Tells staff in Slack that rows died, without anything personal: at most one notice an hour for each origin, because a
 * long outage kills many at once. A dead Slack message is only counted: its notice would go the same way.
 */
export async function noticeDeath(
  tx: Tx,
  cipher: FieldCipher,
  dead: { readonly queue: 'inbox' | 'outbox'; readonly rows: readonly DeadRow[] }
): Promise<void> {
  const firstOfOrigin = new Map([...dead.rows].reverse().map((row) => [row.origin, row]))
  if (dead.queue === 'outbox') firstOfOrigin.delete('slack')
  const hour = new Date().toISOString().slice(0, 13)
  const locale = await sharedLocale(tx)
  const messages = [...firstOfOrigin.values()].map((row) =>
    slackMessage(`dead:${dead.queue}:${row.id}`, 0, {
      kind: 'notice',
      name: `dead:${dead.queue}:${row.origin}:${hour}`,
      text: TEXTS[locale][dead.queue](row)
    })
  )
  await enqueue(tx, cipher, messages)
}
