"""The running product: settings, the ASGI application, the command line."""
