/* A field that takes several words with commas between them, and offers those it knows for the last one.
 *   <input list="known" data-several>  the browser compares what is offered with the whole field, so each offer begins with
 *   the words before the last comma
 */
import { h } from "../ui/dom.ts"

const names = new WeakMap<HTMLDataListElement, string[]>()

function offer(field: HTMLInputElement) {
  const list = field.list as HTMLDataListElement | null
  if (!list) return
  if (!names.has(list)) names.set(list, [...list.options].map((each) => each.value))
  const before = field.value.slice(0, field.value.lastIndexOf(",") + 1)
  const had = before.split(",").map((each) => each.trim())
  const left = names.get(list)!.filter((name) => !had.includes(name))
  list.replaceChildren(
    ...left.map((name) => h("option", { value: before ? `${before} ${name}` : name })),
  )
}

document.addEventListener("input", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.matches("[data-several]")) offer(event.target)
})
