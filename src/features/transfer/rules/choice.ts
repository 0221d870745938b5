import { KINDS } from './fields.ts'

/** What can be exported through Slack: everything, for people or for programs, or one file that an import takes back. */
export const CHOICES = ['all_csv', 'all_jsonl', ...KINDS] as const
export type Choice = (typeof CHOICES)[number]

/** A choice by its name; undefined when there is none such. */
export function choiceOf(name: unknown): Choice | undefined {
  return CHOICES.find((each) => each === name)
}

/** Whether a file of an export belongs to what was chosen. */
export function isChosen(choice: Choice, file: string): boolean {
  if (choice === 'all_csv') return file.endsWith('.csv')
  if (choice === 'all_jsonl') return file.endsWith('.jsonl')
  return file === `${choice}.csv`
}

/** Whether a choice is several files, which travel as one archive. */
export function isArchive(choice: Choice): boolean {
  return choice === 'all_csv' || choice === 'all_jsonl'
}

/** What the file is called that people get; `day` is "2026-11-21". */
export function downloadName(choice: Choice, day: string): string {
  const [what, end] = isArchive(choice) ? [choice.replace('all_', ''), 'zip'] : [choice, 'csv']
  return `matane-${what}-${day}.${end}`
}
