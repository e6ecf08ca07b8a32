/* The words of a field with their form, painted exactly over them: letters keep their widths, so the cursor stands where
 * it seems to. The field itself stays the browser's: its undo, its spelling marks, and a keyboard that puts Hangul together.
 */
import { h } from "../../ui/dom.ts"
import { pieces } from "./marks.ts"

const LETTERS_MAX = 20_000 // longer texts stand plain, so that typing stays quick
const ALIKE = ["fontFamily", "fontSize", "fontWeight", "lineHeight", "letterSpacing", "wordSpacing", "wordBreak", "overflowWrap", "tabSize", "direction", "textAlign", "paddingBlockStart", "paddingBlockEnd", "paddingInlineStart", "paddingInlineEnd"] as const

export class Paint {
  #words = h("div")
  #sheet = h("div", { class: "pen-paint", "aria-hidden": "true" }, this.#words)
  #drawn?: string

  constructor(
    private field: HTMLTextAreaElement,
    signal: AbortSignal,
  ) {
    field.after(this.#sheet)
    for (const kind of ["input", "words-put"]) field.addEventListener(kind, () => this.draw(), { signal })
    field.addEventListener("scroll", () => this.#scroll(), { signal })
    const sizes = new ResizeObserver(() => this.#measure())
    sizes.observe(field)
    signal.addEventListener("abort", () => {
      sizes.disconnect()
      this.#sheet.remove()
      this.#host?.removeAttribute("data-painted")
    })
    this.draw()
  }

  get #host() {
    return this.field.closest("words-pen")
  }

  draw() {
    const { value } = this.field
    if (value === this.#drawn) return
    this.#drawn = value
    const found = value.length > LETTERS_MAX ? [] : pieces(value)
    // What has no form needs no paint.
    const isPainted = found.some(({ looks }) => looks.length)
    this.#host?.toggleAttribute("data-painted", isPainted)
    if (!isPainted) return this.#words.replaceChildren()
    this.#words.replaceChildren(...found.map(({ text, looks }) => (looks.length ? this.#piece(text, looks) : text)), "\u200b")
    this.#measure()
  }

  #piece(text: string, looks: string[]) {
    return h("span", { "data-look": looks.join(" ") }, text)
  }

  #measure() {
    if (!this.#host?.hasAttribute("data-painted")) return
    const own = getComputedStyle(this.field)
    for (const name of ALIKE) this.#words.style[name] = own[name]
    Object.assign(this.#sheet.style, {
      insetBlockStart: `${this.field.offsetTop + this.field.clientTop}px`,
      insetInlineStart: `${this.field.offsetLeft + this.field.clientLeft}px`,
      inlineSize: `${this.field.clientWidth}px`,
      blockSize: `${this.field.clientHeight}px`,
    })
    this.#scroll()
  }

  #scroll() {
    this.#words.style.translate = `0 ${-this.field.scrollTop}px`
  }
}
