import { flowJsonSchema } from '../../src/features/flows/index.ts'
import { segmentJsonSchema } from '../../src/features/segments/index.ts'
import { type Command, readArguments, UsageError } from './usage.ts'

const SCHEMAS: Readonly<Record<string, () => unknown>> = { flow: flowJsonSchema, segment: segmentJsonSchema }

export const schemaCommand: Command = {
  usage: 'schema [flow|segment]',
  about: 'prints a JSON Schema as it is kept in flows/: flow (surveys, scenarios) or segment',
  async run(args, out) {
    const [name = 'flow'] = readArguments(args).rest
    const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined
    if (!schema) throw new UsageError(`There is no schema "${name}": flow or segment.`)
    out(`${JSON.stringify(schema(), null, 2)}\n`)
    return 0
  }
}
