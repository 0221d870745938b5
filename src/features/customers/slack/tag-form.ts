import type { KnownBlock } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { input, multiStaticSelect, type Submission, textInput } from '../../../platform/slack/index.ts'

/** block_ids of the fields; faults of new tags stand at the second. */
export const TAG_FIELD = { tags: 'tags', newTags: 'new_tags' } as const
/** Slack takes 100 options, of 75 UTF-16 units each. */
const OPTIONS = 100
const OPTION_UNITS = 75

interface TagTexts {
  readonly tags: string
  readonly choose: string
  readonly newTags: string
  readonly newTagsHint: string
  readonly refused: (tags: string) => string
}

/** What staff read where they change a customer's tags. */
export const TAG_TEXTS: Readonly<Record<Locale, TagTexts>> = {
  ja: {
    tags: 'お客様のタグ',
    choose: 'タグを選ぶ',
    newTags: '新しいタグ',
    newTagsHint: 'カンマか読点で区切ると、いくつか付けられます。30文字まで。',
    refused: (tags) => `付けられなかったタグがあります: ${tags}(30文字まで、お客様ごとに20個まで)`
  },
  en: {
    tags: 'Tags of the customer',
    choose: 'Choose tags',
    newTags: 'New tags',
    newTagsHint: 'Separate several with commas. 30 characters each.',
    refused: (tags) => `Some tags could not be added: ${tags} (30 characters each, 20 tags per customer)`
  }
}

/** The fields that show a customer's tags among those in use and take new ones; `shown` = the tags shown as chosen. */
export function tagFields(
  tags: { readonly chosen: readonly string[]; readonly known: readonly string[] },
  locale: Locale
): { readonly blocks: readonly KnownBlock[]; readonly shown: readonly string[] } {
  const offered = [...new Set([...tags.chosen, ...tags.known])]
    .filter((tag) => tag.length <= OPTION_UNITS)
    .slice(0, OPTIONS)
  const shown = tags.chosen.filter((tag) => offered.includes(tag))
  return { blocks: [...tagChoice(offered, shown, locale), newTags(locale)], shown }
}

/** Slack refuses a menu without options: a shop without tags only gets the field for new ones. */
function tagChoice(offered: readonly string[], initial: readonly string[], locale: Locale) {
  if (offered.length === 0) return []
  const { tags: label, choose: placeholder } = TAG_TEXTS[locale]
  const choices = offered.map((tag) => ({ text: tag, value: tag }))
  const element = multiStaticSelect({ actionId: 'value', placeholder, choices, initial })
  return [input({ blockId: TAG_FIELD.tags, label, optional: true, element })]
}

function newTags(locale: Locale) {
  const { newTags: label, newTagsHint: hint } = TAG_TEXTS[locale]
  const element = textInput({ actionId: 'value', maxLength: 200 })
  return input({ blockId: TAG_FIELD.newTags, label, hint, optional: true, element })
}

/** What the fields ask for. Only what was shown can be taken off: a tag that a colleague added meanwhile stays. */
export function readTagFields({ values }: Pick<Submission, 'values'>, shown: readonly string[]) {
  const chosen = [values[TAG_FIELD.tags] ?? []].flat()
  const typed = [values[TAG_FIELD.newTags] ?? ''].flat().join()
  return {
    add: [
      ...chosen.filter((one) => !shown.includes(one)),
      ...typed.split(/[,、,\n]/).filter((text) => text.trim() !== '')
    ],
    remove: shown.filter((one) => !chosen.includes(one))
  }
}
