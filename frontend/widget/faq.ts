/* A FAQ set on a page that is not ours: <script async src="https://…/faq/12.js"></script> shows it where the line stands.
 *   data-lang="en"      else the language of the place it stands in, else the browser's
 *   data-theme="dark"   or "auto"; else light, as most pages are
 *
 * The page's style cannot reach in and ours cannot get out (a shadow root with its own sheet). Nothing inline, no HTML read from
 * text, so strict policies and Trusted Types leave it alone; opened and closed by <details>, which every browser knows by keyboard.
 */
type Piece = string | [string, Record<string, string>, Piece[]]
type Row = [id: number, title: string, answer: Piece[], url: string, lang: string, count: string, version: number]
interface Texts {
  name: string
  rows: Row[]
  more: string
  helped: string
  thanks: string
  version: string
  empty: string
}
interface Content {
  id: number
  url: string
  brand: [string, string]
  ko: Texts
  en: Texts
}
declare const FAQ: Content

const LOOK_AGAIN_MS = 45_000
const SHEET = `:host{all:initial!important;display:block!important}
section{font:16px/1.65 "Pretendard Variable",Pretendard,-apple-system,"Apple SD Gothic Neo","Noto Sans KR","Malgun Gothic",system-ui,sans-serif;word-break:keep-all;overflow-wrap:anywhere;color:light-dark(#211d1a,#ece7e1)}
details{background:light-dark(#fff,#24211e);border:1px solid light-dark(#e2dcd5,#3a3632);border-radius:12px;margin:0 0 8px}
summary{display:flex;justify-content:space-between;gap:12px;padding:12px 16px;min-height:24px;font-weight:600;cursor:pointer;list-style:none;border-radius:12px}
summary::-webkit-details-marker{display:none}
summary::after{content:"+";flex:none;font-weight:400}
[open]>summary::after{content:"–"}
:focus-visible{outline:2px solid var(--b);outline-offset:2px}
summary:focus-visible{outline-offset:-2px}
div{padding:0 16px 12px}
p,ul,ol,table,pre{margin:0 0 12px}
img{max-width:100%;height:auto}
td,th{border-bottom:1px solid light-dark(#e2dcd5,#3a3632);padding:4px 8px;text-align:start}
a{color:var(--b)}
footer{display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px;font-size:14px}
button{font:inherit;padding:6px 12px;min-height:32px;border:1px solid currentColor;border-radius:6px;background:none;color:inherit;cursor:pointer}
button:disabled{opacity:1;border-color:transparent;cursor:default}
small{color:light-dark(#6a635c,#b1a9a0);font-size:14px}`

const line = document.currentScript as HTMLScriptElement | null
const host = document.createElement("handrail-faq")
const root = host.attachShadow({ mode: "open" })
const theme = line?.dataset.theme
const asked = line?.dataset.lang || line?.closest("[lang]")?.getAttribute("lang") || navigator.language
const locale = asked.toLowerCase().startsWith("ko") ? "ko" : "en"
let content = FAQ
let drawn = ""

const sheet = new CSSStyleSheet()
sheet.replaceSync(SHEET)
root.adoptedStyleSheets = [sheet]
draw()
line ? line.after(host) : document.body.append(host)
setInterval(look, LOOK_AGAIN_MS)

function make(tag: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag)
  for (const name in attributes) element.setAttribute(name, attributes[name]!)
  element.append(...children)
  return element
}

function grown(piece: Piece): Node | string {
  return typeof piece === "string" ? piece : make(piece[0], piece[1], ...piece[2].map(grown))
}

/* Draws what is there now; questions that stand open stay open, and the focus stays on its question. */
function draw() {
  const texts = content[locale]
  const open = new Set([...root.querySelectorAll<HTMLElement>("[open]")].map((each) => each.id))
  const focused = root.activeElement?.closest("details")?.id
  const section = make("section", { lang: locale, "aria-label": texts.name })
  section.style.setProperty("--b", `light-dark(${content.brand.join()})`)
  section.style.colorScheme = theme === "auto" ? "light dark" : theme === "dark" ? "dark" : "light"
  for (const [id, title, answer, url, lang, count, version] of texts.rows) {
    const foot = make("footer", {}, make("a", { href: url }, texts.more), thanked(id, texts), make("small", {}, count), make("small", {}, texts.version.replace("#", `${version}`)))
    const details = make("details", { id: `q${id}`, lang }, make("summary", {}, title), make("div", {}, ...answer.map(grown), foot))
    details.toggleAttribute("open", open.has(details.id))
    section.append(details)
  }
  if (!texts.rows.length) section.append(texts.empty)
  root.replaceChildren(section)
  if (focused) root.getElementById(focused)?.querySelector("summary")?.focus()
  drawn = JSON.stringify(content)
}

function thanked(id: number, texts: Texts): HTMLElement {
  const button = make("button", { type: "button" }, texts.helped) as HTMLButtonElement
  button.onclick = () => {
    button.disabled = true
    button.textContent = texts.thanks
    void fetch(content.url.replace(".json", `/helped/${id}`), {
      method: "POST",
      mode: "no-cors",
      credentials: "omit",
      body: new URLSearchParams({ locale }),
    }).catch(() => {})
  }
  return button
}

/* A page that stays open shows an edit within a minute; where its policy forbids asking, with the next load. */
async function look() {
  if (document.hidden) return
  try {
    const answer = await fetch(content.url, { credentials: "omit", cache: "no-cache" })
    if (answer.status === 404) return host.remove()
    if (!answer.ok) return
    content = await answer.json()
    if (JSON.stringify(content) !== drawn) draw()
  } catch {
    // Offline, or not allowed here.
  }
}
