"""The window that staff work in. Thin over the desk: nothing outside this room imports Qt.

`app` opens it, `window` puts the parts together, `reading` turns the desk's records into the values of
`views` on a worker thread, and the other modules show those values. Words are made in `words`.
"""
