import type { Locale } from '../../../core/locale.ts'
import { escapeMrkdwn } from '../../../platform/slack/index.ts'
import { isField } from '../rules/fields.ts'
import type { Upload } from '../store/uploads.ts'
import { isRowProblem, rowFaultText } from '../texts.ts'

/** What is wrong with the first rows that cannot be taken: line, column by the file's own name, what to do; a line each. */
export function errorLines({ report }: Upload, locale: Locale, limit: number): string[] {
  return report.errors.slice(0, limit).map(({ line, problem, field }) => {
    const known = isRowProblem(problem) ? problem : 'bad_event'
    const column = field === undefined ? undefined : report.reading?.columns[field]
    const place = { field: isField(field) ? field : undefined, ...(column !== undefined && { column: String(column) }) }
    return `• ${escapeMrkdwn(rowFaultText(locale, { line, problem: known, ...place }))}`
  })
}
