/** How a file goes on its way; the last three are its end. */
export const UPLOAD_STATES = ['reading', 'trying', 'ready', 'importing', 'done', 'cancelled', 'refused'] as const
export type UploadState = (typeof UPLOAD_STATES)[number]

/** What is larger is imported at the server, with `npm run import`: reading it must not keep others waiting. */
export const UPLOAD_MAX_BYTES = 20 * 1_048_576
/** Endings of files that are taken. */
export const UPLOAD_TYPES = ['csv', 'tsv', 'txt'] as const

/** Why a file is not taken, as its name and size tell. */
export type FormFault = 'none' | 'empty' | 'too_large' | 'spreadsheet' | 'no_csv'

/** What is wrong with a file that somebody chose; undefined = nothing that is seen from outside. */
export function formFault(file: { readonly name: string; readonly sizeBytes: number } | undefined) {
  if (!file) return 'none'
  const ending = /\.([^.]+)$/.exec(file.name.toLowerCase())?.[1]
  if (ending?.startsWith('xls') || ending === 'ods' || ending === 'numbers') return 'spreadsheet'
  if (!UPLOAD_TYPES.some((type) => type === ending)) return 'no_csv'
  if (file.sizeBytes === 0) return 'empty'
  return file.sizeBytes > UPLOAD_MAX_BYTES ? 'too_large' : undefined
}

/** A card that changes with every part of a file would use up what Slack allows for all others. */
const SHOW_EVERY_MS = 5_000

/** Whether a step is worth showing: it ends something, or the last one shown is a while ago. */
export function isShown(shownAt: Date, now: Date, isEnd: boolean): boolean {
  return isEnd || Math.abs(now.getTime() - shownAt.getTime()) >= SHOW_EVERY_MS
}
