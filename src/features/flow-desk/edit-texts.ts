import type { Locale } from '../../core/locale.ts'

interface EditTexts {
  readonly form: {
    readonly newTitle: string
    readonly editTitle: string
    readonly submit: string
    readonly close: string
    readonly part: (part: number, of: number) => string
    readonly hint: string
  }
  readonly tooLong: string
  readonly published: (id: string, version: number) => string
  readonly same: (id: string) => string
  readonly at: (line: number, message: string) => string
  readonly moreFaults: (hidden: number) => string
  readonly faults: Readonly<Record<'changed_meanwhile' | 'id_changed' | 'id_taken', string>>
  readonly back: {
    readonly title: string
    readonly label: string
    readonly placeholder: string
    readonly submit: string
    readonly choice: (version: number, when: string, source: string) => string
    readonly sources: Readonly<Record<'file' | 'slack', string>>
    readonly nothing: string
  }
}

/** What staff read when they make, edit or roll back one. */
export const EDIT_TEXTS: Readonly<Record<Locale, EditTexts>> = {
  ja: {
    form: {
      newTitle: 'アンケート・シナリオを作る',
      editTitle: '編集する',
      submit: '公開する',
      close: 'やめる',
      part: (part, of) => (of === 1 ? '内容（YAML）' : `内容（YAML） ${part}/${of}`),
      hint: '途中のお客様は始めたときの版のまま進み、新しい方から変わります。'
    },
    tooLong: '長いため、ここでは編集できません。`npm run flows -- publish <ファイル>` をお使いください。',
    published: (id, version) => `「${id}」の第${version}版を公開しました。`,
    same: (id) => `「${id}」は前と同じ内容です。何も変わっていません。`,
    at: (line, message) => `${line}行目: ${message}`,
    moreFaults: (hidden) => `ほかに${hidden}件あります。`,
    faults: {
      changed_meanwhile: '編集中にほかの方が公開しました。閉じて、新しい版から編集し直してください。',
      id_changed: '編集するときは id を変えられません。別のものにするには `/matane flows new` をお使いください。',
      id_taken: 'この id はもう使われています。別の id にしてください。'
    },
    back: {
      title: '前の版に戻す',
      label: '戻す版',
      placeholder: '版を選ぶ',
      submit: 'この版に戻す',
      choice: (version, when, source) => `第${version}版 ${when}（${source}）`,
      sources: { file: 'ファイル', slack: 'Slack' },
      nothing: '戻せる版はまだありません。'
    }
  },
  en: {
    form: {
      newTitle: 'New survey or scenario',
      editTitle: 'Edit',
      submit: 'Publish',
      close: 'Cancel',
      part: (part, of) => (of === 1 ? 'Content (YAML)' : `Content (YAML) ${part}/${of}`),
      hint: 'Customers inside go on in the version they began with; new ones get this one.'
    },
    tooLong: 'It is too long to be edited here: use `npm run flows -- publish <file>`.',
    published: (id, version) => `Version ${version} of “${id}” is published.`,
    same: (id) => `“${id}” says the same as before: nothing changed.`,
    at: (line, message) => `Line ${line}: ${message}`,
    moreFaults: (hidden) => `And ${hidden} more.`,
    faults: {
      changed_meanwhile: 'A colleague published a version meanwhile. Close this and edit the new one.',
      id_changed: 'An edit keeps its id. For another one use `/matane flows new`.',
      id_taken: 'This id is taken: choose another one.'
    },
    back: {
      title: 'Roll back',
      label: 'Version',
      placeholder: 'Choose a version',
      submit: 'Roll back to it',
      choice: (version, when, source) => `${version} ${when} (${source})`,
      sources: { file: 'file', slack: 'Slack' },
      nothing: 'There is no version to roll back to yet.'
    }
  }
}
