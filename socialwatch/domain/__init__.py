"""The words of webcare and their rules: plain Python, no sockets, no SQL; `now` is always an argument, aware UTC."""
