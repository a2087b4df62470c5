"""The program on a Windows Python under wine: a smoke test where no Windows PC is at hand."""
