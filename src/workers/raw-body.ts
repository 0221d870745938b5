/** Stands in for raw-body, and the character tables behind it, in the Workers bundle: our receiver reads the bytes. */
// biome-ignore lint/style/noDefaultExport: the form of the module it stands in for
export default function rawBody(): never {
  throw new Error('raw-body is not part of the Workers bundle')
}
