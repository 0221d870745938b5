import { localeOf } from '../../src/core/locale.ts'
import { mermaid } from '../../src/features/flows/index.ts'
import { report } from './check.ts'
import { readFlow } from './definition-files.ts'
import { type Command, readArguments, resultText } from './usage.ts'

export const diagramCommand: Command = {
  usage: 'diagram <file> [--locale ja|en]',
  about: 'draws a survey or scenario as a Mermaid flowchart',
  async run(args, out) {
    const { json, options, rest } = readArguments(args, ['locale'])
    const { flow, checked } = readFlow(rest[0])
    if (!flow) return report(checked, json, out)
    const diagram = mermaid(flow, localeOf(options.locale))
    out(resultText(json, { flow: flow.id, diagram }, [diagram]))
    return 0
  }
}
