"""The ground that the tests stand on: databases, servers, the browser, and checks of pages and catalogues."""
