"""The kinds of question. A kind is one module (schema, response, read, grade), one registry line and one template."""
