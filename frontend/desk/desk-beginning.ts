/* The form that opens a conversation: its words take "/" and "??" as a reply does, and what stands in it is never lost.
 *   <desk-beginning data-me data-draft data-kept data-kept-there data-moved data-use-other data-keep-these>
 *     holds the form, with hidden draft (a key) and revision; [data-slot=draft] says whether it is kept, [data-slot=moved] what
 *     another window did; [data-slot=macros], articles, macro and kept as in a reply
 * Without it the form works, and keeps nothing until it is sent.
 */
import { Composing } from "../ui/composing.ts"
import { ArticleMenu } from "./article-menu.ts"
import { FirstDraft } from "./first-draft.ts"
import { MacroMenu } from "./macro-menu.ts"

export class DeskBeginning extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const form = this.querySelector("form")!
    const field = form.querySelector<HTMLTextAreaElement>("textarea[name=text]")!
    const slot = (name: string) => form.querySelector<HTMLElement>(`[data-slot=${name}]`)!
    const composing = new Composing(field, signal)
    const articles = new ArticleMenu(field, slot("articles"), composing, signal)
    const macros = new MacroMenu(field, slot("macros"), slot("macro"), slot("kept"), composing, signal)
    field.addEventListener("keydown", (event) => void (articles.takes(event) || macros.takes(event)), { signal })
    new FirstDraft(form, this.dataset as Record<string, string>, signal)
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }
}
customElements.define("desk-beginning", DeskBeginning)
