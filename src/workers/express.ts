/** Stands in for express in the Workers bundle: Bolt imports it for a receiver that is not used there. */
function express(): never {
  throw new Error('express is not part of the Workers bundle')
}
express.Router = express
export const { Router } = express
// biome-ignore lint/style/noDefaultExport: the form of the module it stands in for
export default express
