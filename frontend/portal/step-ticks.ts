/* Steps one can tick off. Without it the numbered lists inside are plain numbered lists.
 *   <step-ticks data-article="12" data-label="Step {n} done">  holds the article; its <ol class="steps"> are steps, and where
 *   it has none its first-level <ol>s
 * Ticks last as long as the tab; the first step not ticked is where "still stuck" continues.
 */
import { reachedStep } from "../ui/tried.ts"

export class StepTicks extends HTMLElement {
  connectedCallback() {
    if (this.querySelector(".step-tick")) return
    const kept = this.#kept()
    this.#steps.forEach((step, index) => this.#tickable(step, index, kept.has(index)))
  }

  get #steps() {
    const named = this.querySelectorAll<HTMLLIElement>(":scope .prose ol.steps > li")
    return [...(named.length ? named : this.querySelectorAll<HTMLLIElement>(":scope .prose > ol > li"))]
  }

  get #article() {
    return Number(this.dataset.article)
  }

  #tickable(step: HTMLLIElement, index: number, isDone: boolean) {
    const tick = document.createElement("input")
    tick.type = "checkbox"
    tick.className = "step-tick"
    tick.checked = isDone
    tick.setAttribute("aria-label", (this.dataset.label ?? "{n}").replace("{n}", String(index + 1)))
    tick.addEventListener("change", () => this.#ticked(step, tick))
    step.classList.add("step")
    step.toggleAttribute("data-done", isDone)
    step.prepend(tick)
  }

  #ticked(step: HTMLLIElement, tick: HTMLInputElement) {
    step.toggleAttribute("data-done", tick.checked)
    const done = this.#steps.flatMap((each, index) => (each.hasAttribute("data-done") ? [index] : []))
    sessionStorage.setItem(`steps-${this.#article}`, JSON.stringify(done))
    const next = this.#steps.findIndex((each) => !each.hasAttribute("data-done"))
    reachedStep(this.#article, next < 0 ? this.#steps.length : next + 1)
  }

  #kept(): Set<number> {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(`steps-${this.#article}`) ?? "[]") as number[])
    } catch {
      return new Set()
    }
  }
}
customElements.define("step-ticks", StepTicks)
