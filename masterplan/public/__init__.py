"""What the public sees of the Masterplan: frozen dataclasses with raw values, filled from published rows alone."""
