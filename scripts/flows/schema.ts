import { flowJsonSchema } from '../../src/features/flows/index.ts'
import { type Command, readArguments } from './usage.ts'

export const schemaCommand: Command = {
  usage: 'schema',
  about: 'prints the JSON Schema of surveys and scenarios (kept as flows/flow.schema.json)',
  async run(args, out) {
    readArguments(args)
    out(`${JSON.stringify(flowJsonSchema(), null, 2)}\n`)
    return 0
  }
}
