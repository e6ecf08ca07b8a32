/* Bundle each surface's script and gather the icons into handrail/web/ui/static/dist.
 *
 * Entry points are <surface>/index.ts (a module, loaded deferred), ui/first.ts (a classic script that runs
 * before the first paint) and widget/faq.ts (for pages that are not ours). File names carry a hash of their content; scripts.json maps name -> file.
 */
import { createHash } from "node:crypto"
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { join } from "node:path"
import { build } from "esbuild"

const here = fileURLToPath(new URL(".", import.meta.url))
const dist = join(here, "..", "handrail", "web", "ui", "static", "dist")
const shared = { absWorkingDir: here, bundle: true, minify: true, write: false, target: "es2022", charset: "utf8", plugins: [{ name: "icons", setup: ({ onLoad }) => onLoad({ filter: /\.svg$/ }, plainIcon) }] }

/* An icon as decoration: its file without comment, names and line ends. */
async function plainIcon({ path }) {
  const text = await readFile(path, "utf8")
  const bare = text.replace(/<!--.*?-->|\s(class|xmlns)="[^"]*"/gs, "").replace("<svg", '<svg class="icon" aria-hidden="true"')
  return { contents: bare.replace(/\s+/g, " ").replace(/\s*([<>]|\/>)\s*/g, "$1").trim(), loader: "text" }
}

async function surfaces() {
  const folders = await readdir(here, { withFileTypes: true })
  return folders
    .filter((entry) => entry.isDirectory() && existsSync(join(here, entry.name, "index.ts")))
    .map((entry) => entry.name)
    .sort()
}

async function bundle(entry, format) {
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], format })
  return outputFiles[0].contents
}

async function keep(name, extension, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 10)
  const file = `${name}.${hash}.${extension}`
  await writeFile(join(dist, file), contents)
  return file
}

/* Every icon's inner shapes by name, so that a template can draw any of them without another request. */
async function icons() {
  const folder = join(here, "node_modules", "lucide-static", "icons")
  const shapes = {}
  for (const file of (await readdir(folder)).sort()) {
    const text = await readFile(join(folder, file), "utf8")
    shapes[file.replace(".svg", "")] = text.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/\s+/g, " ").trim()
  }
  return JSON.stringify(shapes)
}

async function forget() {
  for (const file of existsSync(dist) ? await readdir(dist) : [])
    if (/\.(js|json)$/.test(file) && file !== "styles.json") await rm(join(dist, file))
}

await forget()
await mkdir(dist, { recursive: true })
const files = { "first.js": await keep("first", "js", await bundle("ui/first.ts", "iife")) }
// Wrapped by web/widget/faq.py in a function that hands it the content: no module, so that one line of HTML is enough.
files["faq.js"] = await keep("faq", "js", await bundle("widget/faq.ts", "iife"))
for (const surface of await surfaces())
  files[`${surface}.js`] = await keep(surface, "js", await bundle(`${surface}/index.ts`, "esm"))
await writeFile(join(dist, "icons.json"), await icons())
await writeFile(join(dist, "scripts.json"), JSON.stringify(files, null, 2))
