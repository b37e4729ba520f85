"""What moderators do to published and unpublished posts: every deed can be told as a state before and after."""
