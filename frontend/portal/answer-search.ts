/* Suggestions and a quoted answer while a question is typed. Without it the form inside leads to the results page.
 *   <answer-search data-suggest data-answers data-product data-begins>   data-begins: what was asked before is over here
 *      holds a form with input[name=query], .search-panel with a listbox and [data-part=answer],
 *      a status line, and templates data-part="option" | "answer" | "skeleton"
 * data-suggest answers {suggestions: [{title, url, note}]}, data-answers {answer: {title, url, text, automatic, question} or null,
 * parts}: parts answer what else was asked in the same question.
 * Arrow keys choose, Enter opens, Escape closes. Nothing is asked or sent while Hangul is being composed.
 */
import { Asking, getJson } from "../ui/asking.ts"
import { Composing } from "../ui/composing.ts"
import { asked, asksNothing, tried } from "../ui/tried.ts"

interface Suggestion {
  title: string
  url: string
  note?: string
}
interface Found {
  title: string
  url: string
  text?: string
  automatic?: boolean
  question?: string
  version?: number
}
interface Answered {
  answer: Found | null
  parts?: Found[]
}

const SKELETON_AFTER_MS = 300
const ANSWER_FROM_LETTERS = 4
const ANSWER_AFTER_MS = 300

export class AnswerSearch extends HTMLElement {
  #leaving = new AbortController()
  #composing!: Composing
  #skeleton = 0
  #at = -1

  #suggesting = new Asking<{ suggestions: Suggestion[] }>(
    (query, signal) => getJson(this.dataset.suggest!, { query, product: this.dataset.product ?? "" }, signal),
    ({ suggestions }) => this.#list(suggestions),
    () => this.#list([]),
  )
  #answering = new Asking<Answered>(
    (query, signal) =>
      getJson(this.dataset.answers!, { query, product: this.dataset.product ?? "" }, signal),
    (found) => this.#quote(found),
    () => this.#quote(null),
    ANSWER_AFTER_MS,
  )

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    if (this.dataset.begins !== undefined) asksNothing()
    this.#composing = new Composing(this.#field, signal)
    this.#field.setAttribute("role", "combobox")
    this.#field.setAttribute("aria-autocomplete", "list")
    this.#field.setAttribute("aria-controls", this.#listbox.id)
    this.#field.setAttribute("aria-expanded", "false")
    this.#field.addEventListener("input", this.#typed, { signal })
    this.#field.addEventListener("compositionend", this.#typed, { signal })
    this.#field.addEventListener("keydown", this.#pressed, { signal })
    this.#field.addEventListener("focus", () => this.#hasContent && this.#open(true), { signal })
    this.addEventListener("submit", this.#sent, { signal })
    this.addEventListener("click", this.#followed, { signal })
    document.addEventListener("pointerdown", this.#outside, { signal })
    this.addEventListener("focusout", this.#left, { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#suggesting.stop()
    this.#answering.stop()
    clearTimeout(this.#skeleton)
  }

  get #field() {
    return this.querySelector<HTMLInputElement>("input[name=query]")!
  }
  get #panel() {
    return this.querySelector<HTMLElement>(".search-panel")!
  }
  get #listbox() {
    return this.querySelector<HTMLElement>("[role=listbox]")!
  }
  get #answer() {
    return this.#panel.querySelector<HTMLElement>("[data-part=answer]")!
  }
  get #options() {
    return [...this.#listbox.querySelectorAll<HTMLAnchorElement>("[role=option]")]
  }
  get #hasContent() {
    return Boolean(this.#listbox.childElementCount || this.#answer.childElementCount)
  }

  #typed = () => {
    // A syllable half built would ask for what nobody means; compositionend comes back here.
    if (this.#composing.now) return
    const question = this.#field.value.trim()
    clearTimeout(this.#skeleton)
    if (!question) return this.#forget()
    this.#skeleton = window.setTimeout(this.#wait, SKELETON_AFTER_MS)
    this.#suggesting.ask(question)
    if (question.length >= ANSWER_FROM_LETTERS) this.#answering.ask(question)
    else this.#quote(null)
  }

  #pressed = (event: KeyboardEvent) => {
    if (this.#composing.holds(event)) {
      if (event.key === "Enter") event.preventDefault()
      return
    }
    const options = this.#options
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return
      event.preventDefault()
      this.#open(true)
      const step = event.key === "ArrowDown" ? 1 : -1
      this.#mark((this.#at + step + options.length + 1) % (options.length + 1))
    } else if (event.key === "Enter" && options[this.#at] && !this.#panel.hidden) {
      event.preventDefault()
      asked(this.#field.value)
      options[this.#at]!.click()
    } else if (event.key === "Escape" && !this.#panel.hidden) {
      event.preventDefault()
      this.#open(false)
    }
  }

  /* Place `at` among the options; the place after the last is the field itself. */
  #mark(at: number) {
    const options = this.#options
    this.#at = at >= options.length ? -1 : at
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.#at)))
    const marked = options[this.#at]
    if (marked) this.#field.setAttribute("aria-activedescendant", marked.id)
    else this.#field.removeAttribute("aria-activedescendant")
  }

  #list(suggestions: Suggestion[]) {
    clearTimeout(this.#skeleton)
    const template = this.querySelector<HTMLTemplateElement>("template[data-part=option]")!
    this.#listbox.replaceChildren(
      ...suggestions.map(({ title, url, note }, index) => {
        const option = template.content.firstElementChild!.cloneNode(true) as HTMLAnchorElement
        option.id = `${this.#listbox.id}-${index}`
        option.href = url
        option.tabIndex = -1
        option.querySelector("span")!.textContent = title
        option.querySelector("small")!.textContent = note ?? ""
        return option
      }),
    )
    this.#mark(-1)
    this.#open(this.#hasContent)
    this.#say(suggestions.length ? "some" : "none", suggestions.length)
  }

  #quote(found: Answered | null) {
    const answers = found?.answer ? [found.answer, ...(found.parts ?? [])] : []
    this.#answer.replaceChildren(...answers.map((answer) => this.#sheet(answer)))
    if (answers.length) this.#say("answer", 1)
    this.#open(this.#hasContent)
  }

  #sheet(answer: Found) {
    const template = this.querySelector<HTMLTemplateElement>("template[data-part=answer]")!
    const sheet = template.content.firstElementChild!.cloneNode(true) as HTMLElement
    if (answer.question) sheet.querySelector(".answer-lead span")!.textContent = answer.question
    sheet.querySelector("blockquote")!.textContent = answer.text ?? ""
    const source = sheet.querySelector<HTMLAnchorElement>("a.answer-source")!
    source.href = answer.url
    source.querySelector("span")!.textContent = answer.title
    const version = sheet.querySelector<HTMLElement>(".version-note")!
    version.textContent = answer.version ? version.dataset.says!.replace("{n}", String(answer.version)) : ""
    sheet.querySelector<HTMLElement>(".answer-caution")!.hidden = !answer.automatic
    return sheet
  }

  #wait = () => {
    if (this.#hasContent) return
    const template = this.querySelector<HTMLTemplateElement>("template[data-part=skeleton]")!
    this.#answer.replaceChildren(template.content.cloneNode(true))
    this.#open(true)
  }

  #say(what: "some" | "none" | "answer", count: number) {
    const status = this.querySelector<HTMLElement>("[role=status]")!
    status.textContent = (status.dataset[what] ?? "").replace("{n}", String(count))
  }

  #open(open: boolean) {
    const shown = open && this.contains(document.activeElement)
    this.#panel.hidden = !shown
    this.#field.setAttribute("aria-expanded", String(shown && this.#options.length > 0))
  }

  #forget() {
    this.#suggesting.stop()
    this.#answering.stop()
    this.#listbox.replaceChildren()
    this.#answer.replaceChildren()
    this.#open(false)
  }

  #sent = (event: SubmitEvent) => {
    if (this.#composing.now || !this.#field.value.trim()) event.preventDefault()
    else asked(this.#field.value)
  }

  #followed = ({ target }: Event) => {
    if ((target as Element).closest("a")) asked(this.#field.value)
  }

  #outside = ({ target }: Event) => {
    if (!this.contains(target as Node)) this.#leave()
  }

  #left = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !this.contains(relatedTarget as Node)) this.#leave()
  }

  /* Whoever reads the answer while typing and then goes to a person has asked, though nothing was sent. */
  #leave() {
    const question = this.#field.value.trim()
    if (question.length >= ANSWER_FROM_LETTERS && question !== tried().question) asked(question)
    this.#open(false)
  }
}
customElements.define("answer-search", AnswerSearch)
