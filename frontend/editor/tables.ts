/* Tables as readers get them: no widths, no styles, the first row of headings in a head (see serialise.ts). */
import { Table as PlainTable, TableCell as PlainCell, TableHeader as PlainHeader, TableRow } from "@tiptap/extension-table"

const span = (name: string) => ({
  default: 1,
  parseHTML: (element: HTMLElement) => Math.min(Number(element.getAttribute(name)) || 1, 50),
  renderHTML: (attributes: Record<string, number>) => (attributes[name] === 1 ? {} : { [name]: attributes[name] }),
})
const spans = () => ({ colspan: span("colspan"), rowspan: span("rowspan"), colwidth: { default: null, rendered: false } })

export const Table = PlainTable.extend({
  renderHTML: () => ["table", ["tbody", 0]],
  parseHTML: () => [{ tag: "table" }],
}).configure({ resizable: false, renderWrapper: false })
export const TableCell = PlainCell.extend({ addAttributes: spans, parseHTML: () => [{ tag: "td" }] })
export const TableHeader = PlainHeader.extend({ addAttributes: spans, parseHTML: () => [{ tag: "th" }] })
export { TableRow }
