"""The field names each kind of Graph object knows. A known field without a value is left out, as Graph does."""

_POST = """
    actions admin_creator allowed_advertising_objectives application backdated_time call_to_action
    can_reply_privately child_attachments comments_mirroring_domain coordinates created_time event
    expanded_height expanded_width feed_targeting from full_picture height icon id
    instagram_eligibility is_app_share is_eligible_for_dark_post is_eligible_for_promotion
    is_expired is_hidden is_inline_created is_instagram_eligible is_popular is_published
    is_spherical message message_tags multi_share_end_card multi_share_optimized parent_id
    permalink_url picture place privacy promotable_id promotion_status properties
    scheduled_publish_time shares status_type story story_tags subscribed target targeting
    timeline_visibility updated_time via video_buying_eligibility width attachments comments
    dynamic_posts insights likes reactions sharedposts sponsor_tags to with_tags
"""
_COMMENT = """
    admin_creator application attachment can_comment can_hide can_like can_remove
    can_reply_privately comment_count created_time from id is_hidden is_private like_count
    live_broadcast_timestamp message message_tags object parent permalink_url
    private_reply_conversation user_likes comments likes private_replies reactions
"""
_PAGE = """
    about access_token app_id bio birthday business can_post category category_list contact_address
    country_page_likes cover description display_subtext emails engagement fan_count followers_count
    founded global_brand_page_name has_added_app hours id instagram_business_account is_always_open
    is_permanently_closed is_published is_verified is_webhooks_subscribed link location mission name
    name_with_location_descriptor new_like_count overall_star_rating parent_page phone picture
    place_type privacy_info_url products rating_count single_line_address talking_about_count tasks
    unread_message_count unread_notif_count unseen_message_count username verification_status
    website were_here_count feed posts tagged conversations subscribed_apps
"""
POST, COMMENT, PAGE = (frozenset(text.split()) for text in (_POST, _COMMENT, _PAGE))
PROFILE = frozenset(["id", "name", "first_name", "last_name", "link", "picture"])
