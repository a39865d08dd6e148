from portal.views.desk import desk
from portal.views.post import post, post_mail, post_resend, post_revoke

__all__ = ["desk", "post", "post_mail", "post_resend", "post_revoke"]
