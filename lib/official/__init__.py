"""Official documents (văn bản hành chính): one model, a Word file and a PDF that say the same.

Layout after Nghị định 30/2020/NĐ-CP, Phụ lục I. `model` is what a document says, `wording` turns
it into lines and tables with their final words, `look` says how each kind of line is set; the two
writers only draw what those three give them.
"""
