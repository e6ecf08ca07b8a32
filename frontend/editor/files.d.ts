/* An icon is its file's text (build.mjs). */
declare module "*.svg" {
  const text: string
  export default text
}
