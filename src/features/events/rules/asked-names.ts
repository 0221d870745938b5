import { CATALOGUE, knownName } from './catalogue.ts'
import { eventName } from './name.ts'

/** An event's name as it is stored ("Order Completed" is order.completed); undefined when it cannot be one. */
export function storedName(told: string): string | undefined {
  const name = eventName(told)
  return name === undefined ? undefined : knownName(name)
}

/** The properties of an event that are stored in the clear; undefined for a name that the catalogue does not know. */
export function clearProperties(name: string): readonly string[] | undefined {
  const schema = CATALOGUE.get(name)
  return schema && Object.keys(schema.shape)
}
