/** One thing that was looked at. A `problem` keeps Matane from working; a `warning` should be looked into. */
export interface Finding {
  readonly area: 'settings' | 'store' | 'line' | 'slack' | 'server' | 'hooks' | 'ingest'
  readonly level: 'ok' | 'warning' | 'problem'
  readonly what: string
  /** What to do about it. */
  readonly fix?: string
}

type Area = Finding['area']

export const fine = (area: Area, what: string): Finding => ({ area, level: 'ok', what })
export const warning = (area: Area, what: string, fix: string): Finding => ({ area, level: 'warning', what, fix })
export const problem = (area: Area, what: string, fix: string): Finding => ({ area, level: 'problem', what, fix })

const MARKS = { ok: '✓', warning: '!', problem: '✗' } as const

/** The findings for a person to read, one line each and what to do below it. */
export function report(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ area, level, what, fix }) => [
    `${MARKS[level]} ${area}: ${what}`,
    ...(fix ? [`    → ${fix}`] : [])
  ])
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length
  const sum = `${count('ok')} fine, ${count('warning')} to look into, ${count('problem')} to mend`
  return [...lines, '', sum].join('\n')
}
