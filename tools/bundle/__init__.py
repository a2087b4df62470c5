"""What build.spec asks besides PyInstaller: is everything in it, and under which licence?"""
