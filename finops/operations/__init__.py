"""Operations: the review meeting, prepared, held and followed up."""
