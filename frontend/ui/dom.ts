/* Making elements without a template engine. */
export type Child = Node | string | false | undefined

/* h("button", { type: "button", class: "x", onclick: f }, "words"): attributes; `on…` are listeners; false leaves one out. */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Record<string, unknown> = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener)
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value === true ? "" : String(value))
  }
  element.append(...children.filter((child): child is Node | string => child !== false && child !== undefined))
  return element
}

/* What the server sent, as a page of its own. */
export function parsed(html: string): Document {
  return new DOMParser().parseFromString(html, "text/html")
}

/* In `place` stands what stands in `from`, which another page may hold. */
export function show(place: Element, from: Element) {
  place.replaceChildren(...document.importNode(from, true).childNodes)
}

/* A picture from lucide's own file, as build.mjs drew it: decoration beside or inside something that has a name. */
export function picture(svg: string): Node {
  const holder = document.createElement("template")
  holder.innerHTML = svg
  return holder.content.firstElementChild!
}
