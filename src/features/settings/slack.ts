import type { Feature } from '../../platform/feature.ts'
import { choiceLabel, readSetting, type Setting } from '../../platform/settings/index.ts'
import {
  type Command,
  escapeMrkdwn,
  type SlackHandlers,
  type StaffTurn,
  type Submission
} from '../../platform/slack/index.ts'
import { changeSetting } from './change-setting.ts'
import { FORM, settingsModal, shownValues } from './modal.ts'
import { parseSettingsCommand } from './rules/settings-command.ts'
import { TEXTS } from './texts.ts'

/** What can be set, and who wants to know: gathered from all features. */
export interface Plugged {
  readonly settings: readonly Setting[]
  readonly onSetting: readonly NonNullable<Feature['onSetting']>[]
}

/** "/matane settings": a form for managers, or one value at once. */
export function slackHandlers(plugged: Plugged): SlackHandlers {
  return {
    verbs: {
      settings: {
        role: 'manager',
        help: { ja: TEXTS.ja.help, en: TEXTS.en.help },
        run: (turn) => run(turn, plugged)
      }
    },
    submissions: { [FORM]: { role: 'manager', run: (turn) => submit(turn, plugged) } }
  }
}

async function run(turn: Command, plugged: Plugged): Promise<void> {
  const texts = TEXTS[turn.staff.locale]
  const command = parseSettingsCommand(turn.text, plugged.settings)
  switch (command.kind) {
    case 'form':
      return openForm(turn, plugged)
    case 'show':
      return turn.whisper(`${await nowIn(turn, command.setting)}\n${howTo(turn, command.setting)}`)
    case 'set':
      return turn.whisper(await set(turn, plugged, command))
    case 'unknown_setting': {
      const names = plugged.settings.map(({ name }) => `\`${name}\``).join(' ')
      return turn.whisper(texts.unknownSetting(escapeMrkdwn(command.word), names))
    }
    case 'unknown_value': {
      const fault = texts.unknownValue(escapeMrkdwn(command.word), command.setting.label[turn.staff.locale])
      return turn.whisper(`${fault}\n${howTo(turn, command.setting)}`)
    }
  }
}

async function openForm(turn: Command, { settings }: Plugged): Promise<void> {
  const { prisma } = turn.scope.db
  const states = await Promise.all(settings.map((setting) => readSetting(prisma, setting)))
  const shown = states.flatMap((state, index) => {
    const setting = settings[index]
    return setting ? [{ setting, state }] : []
  })
  await turn.openModal(settingsModal(shown, { locale: turn.staff.locale, timeZone: turn.config.timeZone }))
}

async function nowIn(turn: Command, setting: Setting): Promise<string> {
  const { locale } = turn.staff
  const { value } = await readSetting(turn.scope.db.prisma, setting)
  return TEXTS[locale].now(setting.label[locale], choiceLabel(setting, value, locale))
}

function howTo({ staff: { locale } }: Command, { name, choices }: Setting): string {
  const commands = choices.map(({ value, label }) => `\`/matane settings ${name} ${value}\` (${label[locale]})`)
  return TEXTS[locale].howTo(commands.join(' '))
}

/** Changes what the form was used to change: what a colleague set meanwhile and nobody touched here stays. */
async function submit(turn: Submission, plugged: Plugged): Promise<undefined> {
  const shown = shownValues(turn.privateMetadata)
  const done: string[] = []
  for (const setting of plugged.settings) {
    const chosen = setting.choices.find(({ value }) => value === turn.values[setting.name])?.value
    if (chosen === undefined || chosen === shown[setting.name]) continue
    done.push(await set(turn, plugged, { setting, value: chosen }))
  }
  if (done.length > 0) await turn.whisper(done.join('\n'))
}

interface Choice {
  readonly setting: Setting
  readonly value: string
}

/** The words for what became of it. */
async function set(turn: StaffTurn, { onSetting }: Plugged, { setting, value }: Choice): Promise<string> {
  const { id: by, locale } = turn.staff
  const listeners = onSetting.flatMap((listening) => listening[setting.name] ?? [])
  const changed = await turn.perform(`${turn.cause}:${setting.name}`, (work) =>
    changeSetting(work, { setting, value, by, listeners })
  )
  const texts = TEXTS[locale]
  const say = changed ? texts.changed : texts.unchanged
  return say(setting.label[locale], choiceLabel(setting, value, locale))
}
