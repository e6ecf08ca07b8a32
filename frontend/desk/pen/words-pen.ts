/* A field whose words take form while they are typed: marks are shown as what they mean, and what is pasted from a word
 * processor becomes them. Without it the field takes the same marks.
 *   <words-pen [data-tools="{…}"]>   holds one textarea; data-tools: what the buttons are called, by form, and "tools" for the
 *                                    row of them; a button [data-shows=tools] of the same form opens and closes the row
 * With data-pictures a picture pasted or dropped stands where the cursor is (pictures.ts).
 * Ctrl or Cmd with B, I or Shift+K; Enter goes on with a list. Everything joins the field's own undo.
 */
import { Composing } from "../../ui/composing.ts"
import { placed } from "../keys.ts"
import { type } from "./edit.ts"
import { Paint } from "./paint.ts"
import { markdownOf } from "./pasted.ts"
import { Pictures } from "./pictures.ts"
import { type Form, goneOn, goOn, linkTo, shape } from "./shape.ts"
import { Tools } from "./tools.ts"

const HTML_MAX = 2_000_000

export class WordsPen extends HTMLElement {
  #leaving = new AbortController()
  #plainly = false
  #begunAt = -1 // where the line is that Enter began with a sign

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const field = this.querySelector("textarea")!
    const composing = new Composing(field, signal)
    new Paint(field, signal)
    if (this.dataset.tools) new Tools(this, field, signal)
    if (this.dataset.pictures) new Pictures(this, field, signal)
    this.addEventListener("keydown", (event) => this.#keydown(event, field, composing), { signal })
    field.addEventListener("beforeinput", (event) => this.#beforeinput(event, field), { signal })
    field.addEventListener("paste", (event) => this.#paste(event, field), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #keydown(event: KeyboardEvent, field: HTMLTextAreaElement, composing: Composing) {
    if (event.target !== field || event.defaultPrevented || composing.holds(event) || event.altKey) return
    const key = placed(event)
    const isMod = event.ctrlKey || event.metaKey
    // Pasting as plain words is asked for before the paste comes.
    this.#plainly = isMod && event.shiftKey && key === "v"
    const form: Form | null = !isMod ? null : key === "b" && !event.shiftKey ? "bold" : key === "i" && !event.shiftKey ? "slanted" : key === "k" && event.shiftKey ? "link" : null
    if (form) shape(field, form)
    else if (isMod || key !== "enter" || event.shiftKey || !goOn(field)) return
    else this.#begunAt = lineOf(field)
    event.preventDefault()
  }

  #beforeinput(event: InputEvent, field: HTMLTextAreaElement) {
    if (event.inputType !== "insertText" || event.data !== " " || event.isComposing || lineOf(field) !== this.#begunAt) return
    if (!goneOn(field)) return
    this.#begunAt = -1
    event.preventDefault()
  }

  #paste(event: ClipboardEvent, field: HTMLTextAreaElement) {
    const data = event.clipboardData
    const text = data?.getData("text/plain").trim() ?? ""
    const html = data?.getData("text/html") ?? ""
    if (this.#plainly || !text || field.readOnly) return
    if (linkTo(field, text)) return event.preventDefault()
    const made = html && html.length <= HTML_MAX ? markdownOf(html) : ""
    if (!made) return
    event.preventDefault()
    const before = field.value.slice(0, field.selectionStart)
    // A list or a table begins on a line of its own.
    const gap = made.includes("\n") && before && !before.endsWith("\n") ? "\n\n" : ""
    type(field, gap + made)
  }
}

const lineOf = (field: HTMLTextAreaElement) => field.value.lastIndexOf("\n", field.selectionStart - 1) + 1

customElements.define("words-pen", WordsPen)
