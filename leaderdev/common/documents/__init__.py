"""Files made by the worker: ordered as a row (orders), made under a lease (making), drawn (pdf), fetched.

An app that prints something defines a model from `orders.DocumentOrder`, a `making.Desk` with the function
that draws it, two tasks (make one, sweep) and a page that extends `common/document_wait.html`.
"""
