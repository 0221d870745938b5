import type { Locale } from '../../core/locale.ts'
import { type Denial, ROLE_NAMES } from '../../platform/slack/index.ts'
import type { Standing } from './rules/role.ts'

interface StaffTexts {
  readonly help: string
  readonly usage: string
  readonly title: string
  readonly roles: Readonly<Record<Standing, string>>
  readonly nobody: string
  readonly more: (count: number) => string
  readonly byHand: (by: string) => string
  readonly bySlack: string
  readonly managersOnly: string
  readonly notAFullMember: Readonly<Record<Denial, string>>
  readonly lastManager: string
  readonly changed: (who: string, role: string) => string
}

export const TEXTS: Readonly<Record<Locale, StaffTexts>> = {
  ja: {
    help: '担当者の一覧と役割。`/matane staff @名前 manager|cs|viewer|none|auto` で変更(マネージャーのみ)',
    usage:
      '使い方: `/matane staff` で一覧、`/matane staff @名前 cs` で役割の変更。\n役割: `manager` マネージャー、`cs` CS担当、`viewer` 閲覧者、`none` 利用しない、`auto` Slackの設定に従う',
    title: '担当者',
    roles: { ...ROLE_NAMES.ja, none: '利用なし' },
    nobody: 'まだ誰もいません。アラートのチャンネルにメンバーを招待してください。',
    more: (count) => `ほか ${count} 名`,
    byHand: (by) => `${by} さんが設定`,
    bySlack: 'Slackの設定どおり',
    managersOnly:
      '役割を変えられるのはマネージャーだけです。`/matane staff` の一覧にいるマネージャーにご相談ください。',
    notAFullMember: {
      guest: 'ゲストには役割を付けられません。お客様の情報を守るためです。',
      stranger: 'ほかのワークスペースの方には役割を付けられません。お客様の情報を守るためです。',
      shared_channel: '社外と共有しているチャンネルでは変更できません。',
      none: 'このアカウントには役割を付けられません(ボット、または無効なアカウントです)。'
    },
    lastManager: 'マネージャーがいなくなってしまうため、変更できません。先にほかの方を `manager` にしてください。',
    changed: (who, role) => `${who} さんの役割を「${role}」にしました。`
  },
  en: {
    help: 'Staff and their roles. Managers change one with `/matane staff @name manager|cs|viewer|none|auto`',
    usage:
      'Use: `/matane staff` lists everybody, `/matane staff @name cs` changes a role.\nRoles: `manager`, `cs`, `viewer`, `none`, and `auto` to follow Slack',
    title: 'Staff',
    roles: { ...ROLE_NAMES.en, none: 'no access' },
    nobody: 'Nobody yet. Invite people to the alert channel.',
    more: (count) => `${count} more`,
    byHand: (by) => `set by ${by}`,
    bySlack: 'as Slack says',
    managersOnly: 'Only managers can change roles. `/matane staff` lists them.',
    notAFullMember: {
      guest: 'Guests cannot have a role, to protect the customers’ data.',
      stranger: 'People of other workspaces cannot have a role, to protect the customers’ data.',
      shared_channel: 'Roles cannot be changed in a channel shared with other organisations.',
      none: 'This account cannot have a role: it is a bot, or deactivated.'
    },
    lastManager: 'Nobody would be left to manage roles. Please make somebody else a `manager` first.',
    changed: (who, role) => `${who} is now: ${role}.`
  }
}
