# The web page, built by Vite and embedded in the program.
