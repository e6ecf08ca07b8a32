/* Marks of our own: links by address or article number, and the small HTML tags that a Markdown import may bring. */
import { Mark, mergeAttributes } from "@tiptap/core"

const SAFE = /^(?:https?:|mailto:|tel:|article:\d|#|\/(?!\/))/i
const TAGS = ["sub", "sup", "kbd", "mark", "small", "abbr", "q", "cite", "var", "samp", "dfn", "ins", "time", "bdi", "bdo"]

export const isSafeAddress = (address: string) => SAFE.test(address)

declare module "@tiptap/core" {
  interface Commands<ReturnType> {
    ourLink: { setLink: (attributes: { href: string }) => ReturnType; unsetLink: () => ReturnType }
  }
}

export const Link = Mark.create({
  name: "link",
  inclusive: false,
  priority: 1000,
  addAttributes: () => ({ href: { default: null }, title: { default: null } }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (element) => isSafeAddress(element.getAttribute("href") ?? "") && null }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
  addCommands() {
    return {
      setLink: (attributes) => ({ commands }) => commands.setMark(this.name, attributes),
      unsetLink: () => ({ commands }) => commands.unsetMark(this.name, { extendEmptyMarkRange: true }),
    }
  },
})

export const Tag = Mark.create({
  name: "tag",
  excludes: "",
  addAttributes: () => ({ name: { default: "span" }, title: { default: null }, lang: { default: null } }),
  parseHTML: () => [
    ...TAGS.map((tag) => ({
      tag,
      getAttrs: (element: HTMLElement) => ({ name: tag, title: element.title || null, lang: element.lang || null }),
    })),
    { tag: "span[lang]", getAttrs: (element) => ({ name: "span", title: element.title || null, lang: element.lang }) },
  ],
  renderHTML: ({ HTMLAttributes: { name, ...rest } }) => [name, mergeAttributes(rest), 0],
})
